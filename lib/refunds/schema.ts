import { z } from "zod";
import type { OrderItemId } from "@/lib/ids";
import { formatMoney } from "@/lib/money";

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

/** Why not, for the admin who pressed the button. */
export function describeRefundRejection(rejection: RefundRejection): string {
  switch (rejection.code) {
    case "unknown_order":
      return "There is no such order.";
    case "not_paid":
      return "This order was not paid, so there is nothing to give back.";
    case "nothing_was_paid":
      return "This order cost nothing, so there is nothing to give back.";
    case "nothing_left":
      return "All of this payment has been given back or is on its way.";
    case "disputed":
      return "The buyer's bank has disputed this payment. It decides about the money; answer it in Stripe's Dashboard.";
    case "changed_meanwhile":
      return "Something else was given back in the meantime. Look again.";
    case "invalid_amount":
      return "Enter an amount above zero.";
    case "exceeds_left":
      return `At most ${formatMoney(rejection.leftAmount, rejection.currency)} of this payment can still be given back.`;
    case "unknown_item":
      return "A chosen course is not part of this order.";
    case "item_settled":
      return `${rejection.titles.join(", ")}: given back already, or nothing was paid for it.`;
    case "already_refunded":
      return "Stripe has given this money back already. The order now shows what Stripe knows.";
    case "refused_by_stripe":
      return "Stripe refused this refund. The reason stands in the order's alerts.";
  }
}
