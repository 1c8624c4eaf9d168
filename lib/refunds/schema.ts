import { z } from "zod";
import type { OrderItemId } from "@/lib/ids";

/** How much goes back: all that is left, all that is left of some courses, or an amount in minor units. */
export const refundScope = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("whole") }),
  z.object({
    kind: z.literal("items"),
    itemIds: z
      .array(z.uuid().transform((id) => id as OrderItemId))
      .min(1)
      .max(100),
  }),
  z.object({ kind: z.literal("amount"), amount: z.int().positive() }),
]);
export type RefundScope = z.output<typeof refundScope>;

/** Stripe's words for why. */
export const refundReason = z.enum(["requested_by_customer", "duplicate", "fraudulent"]);
export type RefundReason = z.output<typeof refundReason>;

export type RefundRejection =
  | { readonly code: "unknown_order" }
  | { readonly code: "not_paid" }
  | { readonly code: "nothing_was_paid" }
  | { readonly code: "nothing_left" }
  | { readonly code: "disputed" }
  | { readonly code: "invalid_amount" }
  /** Less or more would go back than was shown. */
  | { readonly code: "changed_meanwhile" }
  | { readonly code: "exceeds_left"; readonly leftAmount: number; readonly currency: string }
  | { readonly code: "unknown_item" }
  | { readonly code: "item_settled"; readonly titles: readonly string[] }
  /** Stripe says it was given back already; what Stripe knows is ours again. */
  | { readonly code: "already_refunded" }
  | { readonly code: "refused_by_stripe" };

export type RefundCode = RefundRejection["code"];
