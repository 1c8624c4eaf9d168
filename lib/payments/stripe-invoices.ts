/** Adapter: the invoices that Stripe itself makes for paid sessions, where STRIPE_INVOICES is on. */
import "server-only";
import { call, orNull, StripeUnavailable, stripe } from "./stripe";
import { withinTime } from "./time-limit";

export type StripeInvoice = {
  readonly id: string;
  /** As Stripe counts; null while it is a draft. */
  readonly number: string | null;
  readonly createdAt: Date;
  /** Minor units. */
  readonly totalAmount: number;
  readonly currency: string;
  /** Stripe's page with the invoice. */
  readonly url: string;
  readonly pdfUrl: string | null;
};

const MOST = 24;
/** A page waits for it; without an answer it is shown without them. */
const PATIENCE_MS = 3_000;

/** A customer's invoices at Stripe, the latest first; null when Stripe cannot be asked now. */
export async function listStripeInvoices(customerId: string): Promise<readonly StripeInvoice[] | null> {
  try {
    const listed = await withinTime(PATIENCE_MS, () =>
      orNull(() => call(() => stripe().invoices.list({ customer: customerId, limit: MOST }))),
    );
    return (listed?.data ?? []).flatMap((invoice) =>
      invoice.hosted_invoice_url
        ? [
            {
              id: invoice.id ?? invoice.hosted_invoice_url,
              number: invoice.number,
              createdAt: new Date(invoice.created * 1000),
              totalAmount: invoice.total,
              currency: invoice.currency,
              url: invoice.hosted_invoice_url,
              pdfUrl: invoice.invoice_pdf ?? null,
            },
          ]
        : [],
    );
  } catch (error) {
    if (error instanceof StripeUnavailable) return null;
    throw error;
  }
}
