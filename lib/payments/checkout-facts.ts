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
  automatic_tax: z.object({ enabled: z.boolean() }).nullish(),
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
      business_name: z.string().nullish(),
      tax_ids: z.array(z.object({ value: z.string().nullish() })).nullish(),
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

const orderIdText = z.uuid();

/** A tax of one line, as Stripe's tax put it there. `percentage` as Stripe writes it ("19", "8.875"). */
export type LineTax = {
  readonly name: string;
  readonly percentage: string | null;
  readonly country: string | null;
  readonly reason: string | null;
  readonly amount: number;
};

/** What Stripe says of a line of the session: enough to find the item that it stands for. */
export type TaxedLine = {
  readonly title: string | null;
  readonly priceAmount: number;
  readonly taxes: readonly LineTax[];
};

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
  /** Stripe computes the tax from where the buyer is: it is learnt from the paid session. */
  readonly automaticTax: boolean;
  /** Read apart from the session (`withLineTaxes`), and only where the tax is automatic. */
  readonly lines: readonly TaxedLine[];
  readonly paymentIntentId: string | null;
  readonly customerId: string | null;
  readonly billing: {
    readonly name: string | null;
    readonly company: string | null;
    readonly taxId: string | null;
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
  const orderId = orderIdText.safeParse(read.metadata?.order_id ?? read.client_reference_id);
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
    automaticTax: read.automatic_tax?.enabled ?? false,
    lines: [],
    paymentIntentId: read.payment_intent ?? null,
    customerId: read.customer ?? null,
    billing: {
      name: read.customer_details?.name ?? null,
      company: read.customer_details?.business_name ?? null,
      taxId: read.customer_details?.tax_ids?.[0]?.value ?? null,
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

/** Line items with their taxes expanded. Source: Stripe API 2026-10-28, object `item`. */
const taxedLines = z.array(
  z.object({
    description: z.string().nullish(),
    amount_subtotal: z.int(),
    taxes: z
      .array(
        z.object({
          amount: z.int(),
          taxability_reason: z.string().nullish(),
          rate: z.object({
            display_name: z.string(),
            percentage: z.number(),
            country: z.string().nullish(),
          }),
        }),
      )
      .nullish(),
  }),
);

/** Throws when it is not what Stripe documents: an answer of its API, read before anything is written. */
export function readTaxedLines(value: unknown): TaxedLine[] {
  return taxedLines.parse(value).map((line) => ({
    title: line.description ?? null,
    priceAmount: line.amount_subtotal,
    taxes: (line.taxes ?? []).map(({ amount, rate, taxability_reason: reason }) => ({
      name: rate.display_name,
      percentage: amount > 0 ? String(rate.percentage) : null,
      country: rate.country ?? null,
      reason: reason ?? null,
      amount,
    })),
  }));
}

/**
 * Which of the order's frozen figures the session contradicts; nothing is granted while one does. Tax is compared apart
 * from subtotal and discount: where Stripe computes it, it is not known before the buyer has said where they are, and the
 * total must then be subtotal − discount + that tax.
 */
export function findMismatch(
  order: {
    readonly subtotalAmount: number;
    readonly discountAmount: number;
    readonly taxAmount: number;
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
  const taxAmount = facts.automaticTax && order.taxAmount === 0 ? facts.taxAmount : order.taxAmount;
  if (facts.taxAmount !== taxAmount) return "tax";
  if (facts.totalAmount !== order.subtotalAmount - order.discountAmount + taxAmount) return "total";
  if (order.stripeCheckoutSessionId !== null && order.stripeCheckoutSessionId !== facts.sessionId)
    return "session";
  return null;
}

/** Whether a session could be read and belongs to this order. */
export function isOfOrder(
  facts: CheckoutFacts | UnusableSession | null,
  orderId: OrderId,
): facts is CheckoutFacts {
  return facts !== null && typeof facts === "object" && facts.orderId === orderId;
}
