import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/client";
import { courses } from "@/db/schema/catalog";
import { couponBatches, coupons } from "@/db/schema/coupons";
import { recordAudit } from "@/lib/audit/mutations";
import { env } from "@/lib/env";
import { type CouponBatchId, type CourseId, newCrockford, newId, type UserId } from "@/lib/ids";
import { err, ok, type Result } from "@/lib/result";
import { compareTerms, nameTerms } from "./name-terms";
import type {
  CreateBatchRejection,
  CreateCouponRejection,
  EditableTerms,
  EditCouponRejection,
  SwitchBatchRejection,
  SwitchCouponRejection,
} from "./schema";

type TermsRejection = "unknown_course" | "other_currency";

/** What the form could not check: courses that exist, and the shop's own currency or the one the code had. */
async function checkTerms(
  tx: Transaction,
  { specificCourseIds, currency }: EditableTerms,
  hadCurrency: string | null,
): Promise<Result<undefined, TermsRejection>> {
  if (currency !== null && currency !== env().STORE_CURRENCY && currency !== hadCurrency)
    return err("other_currency");
  if (!specificCourseIds) return ok();
  const known = await tx
    .select({ id: courses.id })
    .from(courses)
    .where(inArray(courses.id, specificCourseIds as CourseId[]));
  return known.length === specificCourseIds.length ? ok() : err("unknown_course");
}

const columnsOf = ({ applicableCourseTypes, specificCourseIds, ...terms }: EditableTerms) => ({
  ...terms,
  applicableCourseTypes: applicableCourseTypes as (typeof coupons.$inferInsert)["applicableCourseTypes"],
  specificCourseIds: specificCourseIds === null ? null : [...specificCourseIds],
});

/** Makes a code. One that exists is never made again, so a form sent twice answers `code_taken`. */
export async function createCoupon(
  actorId: UserId,
  { code, terms }: { readonly code: string; readonly terms: EditableTerms },
): Promise<Result<{ code: string }, CreateCouponRejection>> {
  return withTransaction(async (tx) => {
    const checked = await checkTerms(tx, terms, null);
    if (!checked.ok) return checked;
    const [made] = await tx
      .insert(coupons)
      .values({ ...columnsOf(terms), code, createdByUserId: actorId })
      .onConflictDoNothing({ target: coupons.code })
      .returning({ id: coupons.id });
    if (!made) return err("code_taken");
    await recordAudit(tx, {
      actorId,
      action: "coupon.created",
      subject: { type: "coupon", id: made.id, label: code },
      detail: { after: nameTerms(terms) },
    });
    return ok({ code });
  });
}

type Edit = { readonly code: string; readonly version: number; readonly terms: EditableTerms };

/**
 * Changes the terms of a code for carts and orders to come; placed orders keep theirs. Nothing happens when somebody else
 * changed the code since `version`. The row's lock is the one that buyers wait for, so no use slips past a lowered limit.
 */
export async function editCoupon(
  actorId: UserId,
  { code, version, terms }: Edit,
): Promise<Result<{ version: number }, EditCouponRejection>> {
  return withTransaction(async (tx) => {
    const [before] = await tx.select().from(coupons).where(eq(coupons.code, code)).for("no key update");
    if (!before) return err("unknown_coupon");
    if (before.version !== version) return err("changed_meanwhile");
    if (terms.maxUses !== null && terms.maxUses < before.timesUsed) return err("below_used");
    const checked = await checkTerms(tx, terms, before.currency);
    if (!checked.ok) return checked;
    const changed = compareTerms(before, terms);
    if (!changed) return ok({ version });
    await tx
      .update(coupons)
      .set({ ...columnsOf(terms), version: version + 1 })
      .where(eq(coupons.id, before.id));
    await recordAudit(tx, {
      actorId,
      action: "coupon.edited",
      subject: { type: "coupon", id: before.id, label: code },
      detail: changed,
    });
    return ok({ version: version + 1 });
  });
}

type Switch = { readonly code: string; readonly version: number; readonly active: boolean };

/** Switches a code on or off; orders that hold a use of it may still be paid. */
export async function switchCoupon(
  actorId: UserId,
  { code, version, active }: Switch,
): Promise<Result<undefined, SwitchCouponRejection>> {
  return withTransaction(async (tx) => {
    const [before] = await tx.select().from(coupons).where(eq(coupons.code, code)).for("no key update");
    if (!before) return err("unknown_coupon");
    if (before.isActive === active) return ok();
    if (before.version !== version) return err("changed_meanwhile");
    await tx
      .update(coupons)
      .set({ isActive: active, version: version + 1 })
      .where(eq(coupons.id, before.id));
    await recordAudit(tx, {
      actorId,
      action: "coupon.switched",
      subject: { type: "coupon", id: before.id, label: code },
      detail: { before: { active: !active }, after: { active } },
    });
    return ok();
  });
}

type Batch = {
  readonly batch: CouponBatchId;
  readonly prefix: string;
  readonly count: number;
  readonly terms: EditableTerms;
};

/** 50 bits: guessing one of 5,000 codes at the shop's limit of guesses takes some thousand years. */
const RANDOM_SIGNS = 10;
/** Rows of one statement, well under the 65,535 parameters that the protocol allows. */
const AT_ONCE = 500;

/** Makes many codes that work once each. The same batch sent twice is made once. */
export async function createBatch(
  actorId: UserId,
  { batch, prefix, count, terms }: Batch,
): Promise<Result<{ batch: CouponBatchId }, CreateBatchRejection>> {
  return withTransaction(async (tx) => {
    const checked = await checkTerms(tx, terms, null);
    if (!checked.ok) return checked;
    const made = await tx
      .insert(couponBatches)
      .values({ id: batch, description: terms.description, size: count, createdByUserId: actorId })
      .onConflictDoNothing()
      .returning({ id: couponBatches.id });
    if (made.length === 0) return ok({ batch });
    for (let left = count; left > 0; ) {
      const rows = Array.from({ length: Math.min(left, AT_ONCE) }, () => ({
        ...columnsOf(terms),
        id: newId<"coupon">(),
        code: [prefix, newCrockford(RANDOM_SIGNS)].filter(Boolean).join("-"),
        batchId: batch,
        createdByUserId: actorId,
      }));
      const written = await tx
        .insert(coupons)
        .values(rows)
        .onConflictDoNothing({ target: coupons.code })
        .returning({ id: coupons.id });
      left -= written.length;
    }
    await recordAudit(tx, {
      actorId,
      action: "coupon.batch_created",
      subject: { type: "batch", id: batch, label: terms.description },
      detail: { after: { ...nameTerms(terms), codes: count, prefix } },
    });
    return ok({ batch });
  });
}

/** Switches every code of a batch on or off: a list that leaked is worth nothing at once. */
export async function switchBatch(
  actorId: UserId,
  { batch, active }: { readonly batch: CouponBatchId; readonly active: boolean },
): Promise<Result<{ codes: number }, SwitchBatchRejection>> {
  return withTransaction(async (tx) => {
    const [found] = await tx
      .select({ label: couponBatches.description })
      .from(couponBatches)
      .where(eq(couponBatches.id, batch))
      .for("update");
    if (!found) return err("unknown_batch");
    const switched = await tx
      .update(coupons)
      .set({ isActive: active, version: sql`${coupons.version} + 1` })
      .where(and(eq(coupons.batchId, batch), eq(coupons.isActive, !active)))
      .returning({ id: coupons.id });
    if (switched.length === 0) return ok({ codes: 0 });
    await recordAudit(tx, {
      actorId,
      action: "coupon.batch_switched",
      subject: { type: "batch", id: batch, label: found.label },
      detail: { after: { active, codes: switched.length } },
    });
    return ok({ codes: switched.length });
  });
}

/** Notes who took the codes out of the shop, and by which filter. */
export async function recordCouponsExport(actorId: UserId, filter: string): Promise<void> {
  await withTransaction((tx) =>
    recordAudit(tx, {
      actorId,
      action: "coupons.exported",
      subject: { type: "list", id: "coupons", label: "Coupons" },
      detail: { after: { filter } },
    }),
  );
}
