import type { OrderId, UserId } from "@/lib/ids";
import type { Minor } from "@/lib/money";

/** What a Checkout Session is made from. */
export type CheckoutOrder = {
  readonly id: OrderId;
  readonly userId: UserId;
  readonly orderNumber: string;
  readonly currency: string;
  readonly discountAmount: Minor;
  readonly couponCode: string | null;
  readonly expiresAt: Date;
  readonly stripeAttempt: number;
  readonly stripeCustomerId: string | null;
  readonly buyer: { readonly email: string; readonly name: string };
  readonly items: readonly { readonly title: string; readonly priceAmount: Minor }[];
};

/** With Stripe's tax: it needs the buyer's address, a business may give its tax id, and both stay with the customer. */
export function taxTerms(tax: "none" | "stripe", hasCustomer: boolean) {
  if (tax === "none") return {};
  return {
    automatic_tax: { enabled: true },
    billing_address_collection: "required" as const,
    tax_id_collection: { enabled: true },
    ...(hasCustomer ? { customer_update: { address: "auto" as const, name: "auto" as const } } : {}),
  };
}
