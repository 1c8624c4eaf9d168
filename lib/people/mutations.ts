import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/client";
import { userSessions, users } from "@/db/schema/identity";
import { type NewAuditEntry, recordAudit } from "@/lib/audit/mutations";
import { mailLink } from "@/lib/identity/mailed-links";
import { isLastAdmin } from "@/lib/identity/mutations";
import type { SessionId, UserId } from "@/lib/ids";
import { planErasure, queueExport, undoErasure } from "@/lib/privacy/mutations";
import { err, ok, type Result } from "@/lib/result";
import type { Role } from "./roles";
import type {
  BlockRejection,
  ErasureRejection,
  PersonRejection,
  RoleRejection,
  VerificationRejection,
} from "./schema";

type Found = {
  readonly userId: UserId;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly isVerified: boolean;
  readonly isBlocked: boolean;
};

/** Somebody who is there, locked; support may act on learners only. */
async function lockPerson(
  tx: Transaction,
  actorId: UserId,
  userId: UserId,
): Promise<Result<Found, PersonRejection>> {
  const [actor] = await tx.select({ role: users.role }).from(users).where(eq(users.id, actorId));
  const [person] = await tx
    .select({
      userId: users.id,
      email: users.email,
      name: users.name,
      role: users.role,
      isVerified: sql<boolean>`${users.emailVerifiedAt} is not null`,
      isBlocked: sql<boolean>`${users.blockedAt} is not null`,
    })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.erasedAt)))
    .for("update");
  if (!person) return err("unknown_user");
  return person.role === "learner" || actor?.role === "admin" ? ok(person) : err("staff_account");
}

type Noted = Pick<NewAuditEntry, "action" | "detail">;

/** The log names people by id; who they are is read where they are, and goes when they go. */
const note = (tx: Transaction, actorId: UserId, userId: UserId, { action, detail }: Noted) =>
  recordAudit(tx, {
    actorId,
    action,
    subject: { type: "user", id: userId, label: userId },
    ...(detail ? { detail } : {}),
  });

type RoleChange = { readonly user: UserId; readonly seen: Role; readonly role: Role };

/**
 * Gives somebody another role; their sessions end, so that nothing goes on under the old one. The last admin stays one, also when two
 * admins demote each other at the same moment: whoever takes an admin away locks all of them.
 */
export async function changeRole(
  actorId: UserId,
  { user, seen, role }: RoleChange,
): Promise<Result<undefined, RoleRejection>> {
  return withTransaction(async (tx) => {
    // First of all the admins, in their order: of two who lock a person first and then the admins, one would be the victim.
    const isLast = role !== "admin" && (await isLastAdmin(tx, user));
    const person = await lockPerson(tx, actorId, user);
    if (!person.ok) return person;
    if (person.value.role === role) return ok();
    if (person.value.role !== seen) return err("changed_meanwhile");
    if (isLast) return err("last_admin");
    if (role !== "learner" && !person.value.isVerified) return err("not_verified");
    await tx.update(users).set({ role }).where(eq(users.id, user));
    await tx.delete(userSessions).where(eq(userSessions.userId, user));
    await note(tx, actorId, user, {
      action: "user.role_changed",
      detail: { before: { role: seen }, after: { role } },
    });
    return ok();
  });
}

/** Keeps somebody out from now on: every session ends, and none begins. What they own stays theirs. */
export async function blockPerson(
  actorId: UserId,
  { user, reason }: { readonly user: UserId; readonly reason: string },
): Promise<Result<undefined, BlockRejection>> {
  if (actorId === user) return err("yourself");
  return withTransaction(async (tx) => {
    const isLast = await isLastAdmin(tx, user);
    const person = await lockPerson(tx, actorId, user);
    if (!person.ok) return person;
    if (person.value.isBlocked) return ok();
    if (isLast) return err("last_admin");
    await tx.update(users).set({ blockedAt: sql`now()`, blockedReason: reason }).where(eq(users.id, user));
    await tx.delete(userSessions).where(eq(userSessions.userId, user));
    await note(tx, actorId, user, { action: "user.blocked", detail: { reason } });
    return ok();
  });
}

export async function unblockPerson(
  actorId: UserId,
  { user }: { readonly user: UserId },
): Promise<Result<undefined, PersonRejection>> {
  return withTransaction(async (tx) => {
    const person = await lockPerson(tx, actorId, user);
    if (!person.ok) return person;
    if (!person.value.isBlocked) return ok();
    await tx.update(users).set({ blockedAt: null, blockedReason: null }).where(eq(users.id, user));
    await note(tx, actorId, user, { action: "user.unblocked" });
    return ok();
  });
}

/** Signs somebody out of one browser, or of all of them, at once. */
export async function endSessions(
  actorId: UserId,
  { user, session }: { readonly user: UserId; readonly session?: SessionId | undefined },
): Promise<Result<undefined, PersonRejection>> {
  return withTransaction(async (tx) => {
    const person = await lockPerson(tx, actorId, user);
    if (!person.ok) return person;
    const ended = await tx
      .delete(userSessions)
      .where(and(eq(userSessions.userId, user), session ? eq(userSessions.id, session) : undefined))
      .returning({ id: userSessions.id });
    if (ended.length === 0) return ok();
    await note(tx, actorId, user, {
      action: "user.sessions_ended",
      detail: { after: { sessions: ended.length } },
    });
    return ok();
  });
}

/** Mails the link that proves the address once more. */
export async function resendVerification(
  actorId: UserId,
  { user }: { readonly user: UserId },
): Promise<Result<undefined, Exclude<VerificationRejection, "throttled">>> {
  return withTransaction(async (tx) => {
    const person = await lockPerson(tx, actorId, user);
    if (!person.ok) return person;
    if (person.value.isVerified) return err("verified_already");
    await mailLink(tx, "verify_address", person.value.email);
    await note(tx, actorId, user, { action: "user.verification_sent" });
    return ok();
  });
}

/** Asks for a copy of somebody's data on their request. Only they can fetch it, signed in; staff never see it. */
export async function requestExportFor(
  actorId: UserId,
  { user }: { readonly user: UserId },
): Promise<Result<undefined, PersonRejection>> {
  return withTransaction(async (tx) => {
    const person = await lockPerson(tx, actorId, user);
    if (!person.ok) return person;
    if (await queueExport(tx, user)) await note(tx, actorId, user, { action: "user.export_requested" });
    return ok();
  });
}

/** Plans the erasure of an account on its owner's request; they are told, and can undo it until the day comes. */
export async function planErasureFor(
  actorId: UserId,
  { user }: { readonly user: UserId },
  now: Date,
): Promise<Result<undefined, ErasureRejection>> {
  return withTransaction(async (tx) => {
    const isLast = await isLastAdmin(tx, user);
    const person = await lockPerson(tx, actorId, user);
    if (!person.ok) return person;
    if (isLast) return err("last_admin");
    const planned = await planErasure(tx, person.value, now, null);
    if (!planned.ok) return planned;
    if (planned.value) await note(tx, actorId, user, { action: "user.erasure_planned" });
    return ok();
  });
}

export async function undoErasureFor(
  actorId: UserId,
  { user }: { readonly user: UserId },
  now: Date,
): Promise<Result<undefined, PersonRejection>> {
  return withTransaction(async (tx) => {
    const person = await lockPerson(tx, actorId, user);
    if (!person.ok) return person;
    if (await undoErasure(tx, person.value, now))
      await note(tx, actorId, user, { action: "user.erasure_undone" });
    return ok();
  });
}
