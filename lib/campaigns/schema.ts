import { z } from "zod";
import { COURSE_TYPES } from "@/lib/catalog/course-kinds";
import type { CouponTerms } from "@/lib/coupons/evaluate-coupon";
import { couponCode } from "@/lib/coupons/schema";
import type { CouponBatchId, CourseId } from "@/lib/ids";
import { currencyExponent, formatMoney, largestAmount, readAmount } from "@/lib/money";

export const COUPON_STATES = ["active", "scheduled", "expired", "used_up", "off"] as const;
export type CouponState = (typeof COUPON_STATES)[number];

export const MOST_CODES = 5_000;

/** What staff decide about a code; the code itself and its counts are not among it. */
export type EditableTerms = Omit<CouponTerms, "code" | "timesUsed" | "isActive"> & {
  readonly description: string;
};

/** The fields of the form, as typed. Amounts are decimals of `currency`, instants are UTC as `2026-11-30T18:00`. */
export const termsFields = z.object({
  description: z.string().trim().max(200, "At most 200 characters."),
  discountType: z.enum(["percentage", "fixed"]),
  value: z.string().trim().min(1, "Enter how much the code takes off."),
  currency: z.string().regex(/^[a-z]{3}$/),
  maxDiscount: z.string().trim().max(20),
  minPurchase: z.string().trim().max(20),
  maxUses: z.string().trim().max(20),
  maxUsesPerUser: z.string().trim().max(20),
  validFrom: z.string().trim().max(40),
  validUntil: z.string().trim().max(40),
  /** Separated by commas; empty for all. */
  courseTypes: z.string().max(200),
  courses: z.string().max(4_000),
});
export type TermsFields = z.output<typeof termsFields>;

type Context = { readonly addIssue: (issue: { code: "custom"; path: string[]; message: string }) => void };

const WHOLE = /^[1-9]\d{0,8}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/;

/** `Enter an amount such as 20 or 20.50, at most $21,474,836.47` */
function amountHint(currency: string): string {
  const digits = currencyExponent(currency);
  const example = digits === 0 ? "2000" : `20 or 20.${"50".padEnd(digits, "0")}`;
  return `Enter an amount such as ${example}, at most ${formatMoney(largestAmount(currency), currency)}`;
}

/** Reads the typed terms; names each field that makes no sense. */
function readTerms(typed: TermsFields, context: Context): EditableTerms {
  const complain = (field: keyof TermsFields, message: string) => {
    context.addIssue({ code: "custom", path: [field], message });
    return null;
  };
  const amount = (field: "maxDiscount" | "minPurchase" | "value") => {
    if (typed[field] === "") return null;
    const read = readAmount(typed[field], typed.currency);
    return read === null || read === 0
      ? complain(field, `${amountHint(typed.currency)}${field === "value" ? "" : ", or leave it empty"}.`)
      : read;
  };
  const count = (field: "maxUses" | "maxUsesPerUser") => {
    if (typed[field] === "") return null;
    return WHOLE.test(typed[field])
      ? Number(typed[field])
      : complain(field, "Enter a whole number from 1 to 999,999,999, or leave it empty.");
  };
  const moment = (field: "validFrom" | "validUntil") => {
    if (typed[field] === "") return null;
    const at = new Date(MOMENT.test(typed[field]) ? `${typed[field]}Z` : "");
    return Number.isNaN(at.getTime()) ? complain(field, "Enter a day and a time.") : at;
  };
  const percentage = () =>
    /^([1-9]\d?|100)$/.test(typed.value)
      ? Number(typed.value)
      : complain("value", "Enter a whole percentage from 1 to 100.");
  const discountValue = (typed.discountType === "percentage" ? percentage() : amount("value")) ?? 0;
  const [maxDiscountAmount, minPurchaseAmount] = [amount("maxDiscount"), amount("minPurchase")];
  const [validFrom, validUntil] = [moment("validFrom"), moment("validUntil")];
  if (validFrom && validUntil && validFrom >= validUntil)
    complain("validUntil", "The end must come after the beginning.");
  const types = readList(typed.courseTypes, z.enum(COURSE_TYPES));
  const courses = readList(
    typed.courses,
    z.uuid().transform((id) => id as CourseId),
  );
  if (types === null) complain("courseTypes", "Choose kinds of the list.");
  if (courses === null) complain("courses", "Choose at most 100 courses of the list.");
  const needsCurrency = typed.discountType === "fixed" || maxDiscountAmount || minPurchaseAmount;
  return {
    description: typed.description,
    discountType: typed.discountType,
    discountValue,
    currency: needsCurrency ? typed.currency : null,
    // What a fixed amount takes off is its own cap.
    maxDiscountAmount: typed.discountType === "fixed" ? null : maxDiscountAmount,
    minPurchaseAmount,
    maxUses: count("maxUses"),
    maxUsesPerUser: count("maxUsesPerUser"),
    validFrom,
    validUntil,
    applicableCourseTypes: types?.length ? types : null,
    specificCourseIds: courses?.length ? courses : null,
  };
}

function readList<T>(typed: string, entry: z.ZodType<T, string>): T[] | null {
  const read = z
    .array(entry)
    .max(100)
    .safeParse([...new Set(typed.split(",").filter(Boolean))]);
  return read.success ? read.data : null;
}

/** For the explanation beside the form: the same reading as the server's. */
export const typedTerms = termsFields.transform(readTerms);

const version = z.coerce.number().int().positive().max(2_147_483_647);

export const createCouponInput = termsFields
  .extend({ code: couponCode })
  .transform(({ code, ...typed }, context) => ({ code, terms: readTerms(typed, context) }));

export const editCouponInput = termsFields
  .extend({ code: couponCode, version })
  .transform(({ code, version: seen, ...typed }, context) => ({
    code,
    version: seen,
    terms: readTerms(typed, context),
  }));

export const createBatchInput = termsFields
  .extend({
    /** Made by the form: sent twice it is one batch. */
    batch: z.uuid().transform((id) => id as CouponBatchId),
    description: z
      .string()
      .trim()
      .min(1, "Say what these codes are for.")
      .max(200, "At most 200 characters."),
    prefix: z
      .string()
      .transform((text) => text.normalize("NFKC").replace(/\s+/g, "").toUpperCase())
      .pipe(
        z
          .string()
          .max(20, "At most 20 letters.")
          .regex(/^[A-Z0-9_-]*$/, "Letters, digits and dashes only."),
      ),
    count: z.coerce
      .number("Enter a whole number.")
      .int("Enter a whole number.")
      .min(1, "At least one code.")
      .max(MOST_CODES, `At most ${MOST_CODES.toLocaleString("en-US")} codes at once.`),
  })
  .transform(({ batch, prefix, count, ...typed }, context) => ({
    batch,
    prefix,
    count,
    // Each code works once, whatever was typed.
    terms: { ...readTerms({ ...typed, maxUses: "", maxUsesPerUser: "" }, context), maxUses: 1 },
  }));

const onOff = z.enum(["on", "off"]).transform((word) => word === "on");
export const switchCouponInput = z.object({ code: couponCode, version, active: onOff });
export const switchBatchInput = z.object({
  batch: z.uuid().transform((id) => id as CouponBatchId),
  active: onOff,
});

export type CreateCouponRejection = "code_taken" | "unknown_course" | "other_currency";
export type EditCouponRejection =
  | "unknown_coupon"
  | "changed_meanwhile"
  | "below_used"
  | "unknown_course"
  | "other_currency";
export type CreateBatchRejection = "unknown_course" | "other_currency";
export type SwitchCouponRejection = "unknown_coupon" | "changed_meanwhile";
export type SwitchBatchRejection = "unknown_batch";
