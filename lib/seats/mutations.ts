import "server-only";
import { and, eq, isNull, ne, sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/client";
import { courses } from "@/db/schema/catalog";
import { certificates } from "@/db/schema/certificates";
import { users } from "@/db/schema/identity";
import { enrollments } from "@/db/schema/learning";
import { recordAudit } from "@/lib/audit/mutations";
import { revokeCertificate } from "@/lib/certificates/mutations";
import { giveSeat } from "@/lib/enrollments/mutations";
import { goneSeat } from "@/lib/enrollments/queries";
import type { EnrollmentId, UserId } from "@/lib/ids";
import { err, ok, type Result } from "@/lib/result";
import { seatHeirs } from "@/lib/settlement/mutations";
import { type Grant, readGrants } from "./read-grants";
import type {
  ExtendRejection,
  GrantRejection,
  ImportRejection,
  RevokeRejection,
  WithdrawRejection,
} from "./schema";

/** Thrown inside a transaction to undo it: what was only tried. */
class OnlyTried extends Error {}

/**
 * Gives a learner a seat that costs nothing, until the end of a day or for good. `dryRun` does all of it and takes it back, so that
 * what it answers is what would happen.
 */
export async function grantSeat(
  actorId: UserId,
  grant: Grant & { readonly reason?: string },
  { dryRun = false }: { readonly dryRun?: boolean } = {},
): Promise<Result<{ seat: EnrollmentId }, GrantRejection>> {
  let outcome: Result<{ seat: EnrollmentId }, GrantRejection> | undefined;
  try {
    return await withTransaction(async (tx) => {
      outcome = await grantIn(tx, actorId, grant);
      if (dryRun) throw new OnlyTried();
      return outcome;
    });
  } catch (error) {
    if (error instanceof OnlyTried && outcome) return outcome;
    throw error;
  }
}

async function grantIn(
  tx: Transaction,
  actorId: UserId,
  { email, course: slug, type, until, reason }: Grant & { readonly reason?: string },
): Promise<Result<{ seat: EnrollmentId }, GrantRejection>> {
  const [[learner], [course], [clock]] = await Promise.all([
    tx
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.email, email), isNull(users.erasedAt))),
    tx
      .select({ id: courses.id })
      .from(courses)
      .where(and(eq(courses.slug, slug), ne(courses.status, "draft"))),
    tx.execute<{ over: boolean }>(sql`select ${until?.toISOString() ?? null}::timestamptz <= now() as over`),
  ]);
  if (!learner) return err("unknown_learner");
  if (!course) return err("unknown_course");
  if (clock?.over) return err("ends_in_the_past");
  const seat = await giveSeat(tx, {
    userId: learner.id,
    courseId: course.id,
    enrollmentType: type,
    expiresAt: until,
  });
  if (!seat) return err("has_seat");
  await recordAudit(tx, {
    actorId,
    action: "seat.granted",
    subject: { type: "enrollment", id: seat, label: slug },
    detail: {
      after: { learner: learner.id, type, until: until?.toISOString() ?? null },
      ...(reason ? { reason } : {}),
    },
  });
  return ok({ seat });
}

export type ImportedRow = {
  readonly line: number;
  readonly email: string;
  readonly course: string;
  /** The seat, or why there is none: a code of a grant, or a sentence about the row itself. */
  readonly outcome: Result<null, GrantRejection | { readonly sentence: string }>;
};

/** Gives the seats of a file, each for itself: a row that fails stops none of the others, and the same file again does no harm. */
export async function importSeats(
  actorId: UserId,
  { csv, dryRun }: { readonly csv: string; readonly dryRun: boolean },
): Promise<Result<readonly ImportedRow[], ImportRejection>> {
  const read = readGrants(csv);
  if (!read.ok) return read;
  const rows: ImportedRow[] = [];
  const seen = new Set<string>();
  for (const { grant, ...row } of read.value) {
    if (!grant.ok) {
      rows.push({ ...row, outcome: err({ sentence: grant.error }) });
      continue;
    }
    const key = `${grant.value.email} ${grant.value.course}`;
    const isRepeated = seen.has(key);
    seen.add(key);
    // What was only tried is not there for the next row to see.
    const granted = isRepeated ? err("has_seat" as const) : await grantSeat(actorId, grant.value, { dryRun });
    rows.push({ ...row, outcome: granted.ok ? ok(null) : granted });
  }
  return ok(rows);
}

type Extension = { readonly seat: EnrollmentId; readonly seen: Date; readonly until: Date | null };

/** Moves the end of a seat to a later day, or takes it away. A seat that is over by the clock opens again. */
export async function extendSeat(
  actorId: UserId,
  { seat: id, seen, until }: Extension,
): Promise<Result<undefined, ExtendRejection>> {
  return withTransaction(async (tx) => {
    const seat = await lockSeat(tx, id);
    if (!seat) return err("unknown_seat");
    if (seat.status !== "active") return err("not_active");
    if (seat.expiresAt === null) return err("has_no_end");
    if (seat.expiresAt.getTime() !== seen.getTime()) return err("changed_meanwhile");
    if (until !== null && (until <= seat.expiresAt || until <= new Date(seat.now))) return err("not_later");
    await tx.update(enrollments).set({ expiresAt: until }).where(eq(enrollments.id, id));
    await recordAudit(tx, {
      actorId,
      action: "seat.extended",
      subject: { type: "enrollment", id, label: seat.slug },
      detail: {
        before: { until: seat.expiresAt.toISOString() },
        after: { until: until?.toISOString() ?? null },
      },
    });
    return ok();
  });
}

/**
 * Takes a seat away at once; progress is kept. It stays away whatever becomes of its order: a dispute that is won gives back
 * only what the dispute took. Money is another matter: that is a refund. A seat that no order gave leaves its place to one
 * that was paid for, if there is one.
 */
export async function revokeSeat(
  actorId: UserId,
  { seat: id, reason }: { readonly seat: EnrollmentId; readonly reason: string },
): Promise<Result<undefined, RevokeRejection>> {
  return withTransaction(async (tx) => {
    const seat = await lockSeat(tx, id);
    if (!seat) return err("unknown_seat");
    if (seat.status !== "active") return err("not_active");
    await tx.update(enrollments).set({ status: "revoked", suspendedAt: null }).where(eq(enrollments.id, id));
    if (seat.orderItemId === null) await seatHeirs(tx, eq(goneSeat.id, id));
    await recordAudit(tx, {
      actorId,
      action: "seat.revoked",
      subject: { type: "enrollment", id, label: seat.slug },
      detail: { after: { learner: seat.userId }, reason },
    });
    return ok();
  });
}

/**
 * Withdraws the certificate that was earned in a seat, for good: its page, its file for verifiers and its QR code say so at
 * once. The seat and the progress stay.
 */
export async function withdrawCertificate(
  actorId: UserId,
  { seat: id, reason }: { readonly seat: EnrollmentId; readonly reason: string },
): Promise<Result<undefined, WithdrawRejection>> {
  return withTransaction(async (tx) => {
    const seat = await lockSeat(tx, id);
    if (!seat) return err("unknown_seat");
    const [certificate] = await tx
      .select({ id: certificates.id, publicId: certificates.publicId })
      .from(certificates)
      .where(eq(certificates.enrollmentId, id));
    if (!certificate || !(await revokeCertificate(tx, certificate.id))) return err("no_certificate");
    await recordAudit(tx, {
      actorId,
      action: "certificate.withdrawn",
      subject: { type: "enrollment", id, label: seat.slug },
      detail: { after: { learner: seat.userId, certificate: certificate.publicId }, reason },
    });
    return ok();
  });
}

async function lockSeat(tx: Transaction, id: EnrollmentId) {
  const [seat] = await tx
    .select({
      status: enrollments.status,
      orderItemId: enrollments.orderItemId,
      expiresAt: enrollments.expiresAt,
      userId: enrollments.userId,
      slug: courses.slug,
      now: sql<string>`now()`,
    })
    .from(enrollments)
    .innerJoin(courses, eq(courses.id, enrollments.courseId))
    .where(eq(enrollments.id, id))
    .for("update", { of: enrollments });
  return seat;
}
