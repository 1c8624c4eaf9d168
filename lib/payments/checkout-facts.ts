import { z } from "zod";
import type { OrderId } from "@/lib/ids";

/** What we rely on in a Checkout Session. Source: Stripe API 2026-10-28, object `checkout.session`. */
const session = z.object({
  id: z.string().min(1),
  object: z.literal("checkout.session"),
  client_reference_id: z.string().nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
  status: z.enum(["open", "complete", "expired"]),
  payment_status: z.enum(["paid", "unpaid", "no_payment_required"]),
  amount_subtotal: z.int(),
  amount_total: z.int(),
  total_details: z.object({ amount_discount: z.int(), amount_tax: z.int() }),
  currency: z.string(),
  livemode: z.boolean(),
  payment_intent: z
    .union([z.string(), z.object({ id: z.string() }).transform((intent) => intent.id)])
    .nullish(),
  customer: z
    .union([z.string(), z.object({ id: z.string() }).transform((customer) => customer.id)])
    .nullish(),
  customer_details: z
    .object({
      email: z.string().nullish(),
      name: z.string().nullish(),
      address: z
        .object({
          line1: z.string().nullish(),
          line2: z.string().nullish(),
          city: z.string().nullish(),
          state: z.string().nullish(),
          postal_code: z.string().nullish(),
          country: z.string().nullish(),
        })
        .nullish(),
    })
    .nullish(),
});

/** A session in our words. Amounts in minor units. */
export type CheckoutFacts = {
  readonly sessionId: string;
  readonly orderId: OrderId;
  readonly status: "open" | "complete" | "expired";
  readonly paymentStatus: "paid" | "unpaid" | "no_payment_required";
  readonly subtotalAmount: number;
  readonly discountAmount: number;
  readonly taxAmount: number;
  readonly totalAmount: number;
  readonly currency: string;
  readonly livemode: boolean;
  readonly paymentIntentId: string | null;
  readonly customerId: string | null;
  readonly billing: {
    readonly name: string | null;
    readonly email: string | null;
    readonly address: {
      readonly line1: string | null;
      readonly line2: string | null;
      readonly city: string | null;
      readonly state: string | null;
      readonly postalCode: string | null;
      readonly country: string | null;
    } | null;
  };
};

export type UnusableSession = "not_ours" | "malformed";

/** Reads a session from an event or an answer of Stripe. Sessions that another program made name no order of ours. */
export function readCheckoutFacts(value: unknown): CheckoutFacts | UnusableSession {
  const parsed = session.safeParse(value);
  if (!parsed.success) return "malformed";
  const read = parsed.data;
  const orderId = z.uuid().safeParse(read.metadata?.order_id ?? read.client_reference_id);
  if (!orderId.success) return "not_ours";
  const address = read.customer_details?.address;
  return {
    sessionId: read.id,
    orderId: orderId.data as OrderId,
    status: read.status,
    paymentStatus: read.payment_status,
    subtotalAmount: read.amount_subtotal,
    discountAmount: read.total_details.amount_discount,
    taxAmount: read.total_details.amount_tax,
    totalAmount: read.amount_total,
    currency: read.currency,
    livemode: read.livemode,
    paymentIntentId: read.payment_intent ?? null,
    customerId: read.customer ?? null,
    billing: {
      name: read.customer_details?.name ?? null,
      email: read.customer_details?.email ?? null,
      address: address
        ? {
            line1: address.line1 ?? null,
            line2: address.line2 ?? null,
            city: address.city ?? null,
            state: address.state ?? null,
            postalCode: address.postal_code ?? null,
            country: address.country ?? null,
          }
        : null,
    },
  };
}

/** Which of the order's frozen figures the session contradicts; nothing is granted while one does. */
export function findMismatch(
  order: {
    readonly subtotalAmount: number;
    readonly discountAmount: number;
    readonly taxAmount: number;
    readonly totalAmount: number;
    readonly currency: string;
    readonly livemode: boolean;
    readonly stripeCheckoutSessionId: string | null;
  },
  facts: CheckoutFacts,
): string | null {
  if (facts.livemode !== order.livemode) return "livemode";
  if (facts.currency !== order.currency) return "currency";
  if (facts.subtotalAmount !== order.subtotalAmount) return "subtotal";
  if (facts.discountAmount !== order.discountAmount) return "discount";
  if (facts.taxAmount !== order.taxAmount) return "tax";
  if (facts.totalAmount !== order.totalAmount) return "total";
  if (order.stripeCheckoutSessionId !== null && order.stripeCheckoutSessionId !== facts.sessionId)
    return "session";
  return null;
}
