import { z } from "zod";
import type { Minor } from "@/lib/money";

/** Spaces and case do not matter; anything that is no code at all is treated like an unknown one. */
export const couponCode = z
  .string()
  .max(200)
  .transform((code) => code.normalize("NFKC").replace(/\s+/g, "").toUpperCase())
  .pipe(
    z
      .string()
      .min(1, "Enter a code.")
      .max(40)
      .regex(/^[A-Z0-9_-]+$/, "Codes have letters, digits and dashes only."),
  );

export const applyCouponInput = z.object({ code: z.string().max(200) });

/** Which rule a code failed. Unknown and inactive codes are one answer, so that codes cannot be told apart by guessing. */
export type CouponRejection =
  | { readonly rule: "unknown" }
  | { readonly rule: "cart_empty" }
  | { readonly rule: "not_started"; readonly from: Date }
  | { readonly rule: "expired"; readonly since: Date }
  | { readonly rule: "other_currency" }
  | { readonly rule: "not_for_these_courses" }
  | { readonly rule: "minimum_not_met"; readonly missingAmount: Minor; readonly currency: string }
  | { readonly rule: "used_up" }
  | { readonly rule: "used_by_you" };

export type CouponRule = CouponRejection["rule"];
