import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgEnum, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { CourseId } from "../../lib/ids";
import { courseType } from "./catalog";
import { createdAt, currency, idOf, instant, money, primaryId, updatedAt } from "./columns";
import { users } from "./identity";

export const discountType = pgEnum("discount_type", ["percentage", "fixed"]);

/** Single-use codes that were made together. */
export const couponBatches = pgTable(
  "coupon_batches",
  {
    id: primaryId<"coupon-batch">(),
    description: text().notNull(),
    size: integer().notNull(),
    createdByUserId: idOf<"user">().references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
  },
  (t) => [
    check("coupon_batches_size", sql`${t.size} > 0`),
    index("coupon_batches_made").on(t.createdAt, t.id),
  ],
);

/** A code that lowers a price. `discountValue` is a whole percentage, or minor units of `currency`. */
export const coupons = pgTable(
  "coupons",
  {
    id: primaryId<"coupon">(),
    code: text().notNull().unique(),
    description: text().notNull().default(""),
    discountType: discountType().notNull(),
    discountValue: integer().notNull(),
    /** Fixed amounts, caps and minimums are in this currency; a percentage without either has none. */
    currency: currency(),
    maxDiscountAmount: money(),
    minPurchaseAmount: money(),
    maxUses: integer(),
    timesUsed: integer().notNull().default(0),
    maxUsesPerUser: integer(),
    validFrom: instant(),
    validUntil: instant(),
    isActive: boolean().notNull().default(true),
    applicableCourseTypes: courseType().array(),
    specificCourseIds: uuid().array().$type<CourseId[]>(),
    batchId: idOf<"coupon-batch">().references(() => couponBatches.id),
    /** Grows with every edit by staff, so that two of them do not lose each other's work; uses do not count here. */
    version: integer().notNull().default(1),
    createdByUserId: idOf<"user">().references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    check("coupons_code_upper_case", sql`${t.code} = upper(${t.code}) and ${t.code} <> ''`),
    check(
      "coupons_value",
      sql`${t.discountValue} > 0 and (${t.discountType} = 'fixed' or ${t.discountValue} <= 100)`,
    ),
    check(
      "coupons_amounts",
      sql`coalesce(${t.maxDiscountAmount}, 1) > 0 and coalesce(${t.minPurchaseAmount}, 0) >= 0`,
    ),
    check(
      "coupons_currency",
      sql`${t.currency} is not null or (${t.discountType} = 'percentage' and ${t.maxDiscountAmount} is null and ${t.minPurchaseAmount} is null)`,
    ),
    /** The last line of defence of a limited code: nobody, however many race, gets past it. */
    check(
      "coupons_uses",
      sql`${t.timesUsed} >= 0 and (${t.maxUses} is null or ${t.timesUsed} <= ${t.maxUses})`,
    ),
    index("coupons_made").on(t.createdAt, t.id),
    index("coupons_code_begins").on(t.code.op("text_pattern_ops")),
    index("coupons_of_batch").on(t.batchId, t.createdAt, t.id).where(sql`${t.batchId} is not null`),
    check("coupons_limits", sql`coalesce(${t.maxUses}, 1) > 0 and coalesce(${t.maxUsesPerUser}, 1) > 0`),
  ],
);
