import { DateTime } from "@/components/ui/date-time";
import { Money } from "@/components/ui/money";
import { Panel } from "@/components/ui/panel";
import { Table, Td, Th } from "@/components/ui/table";
import type { UserId } from "@/lib/ids";
import { findStripeCustomer } from "@/lib/payments/queries";
import { listStripeInvoices } from "@/lib/payments/stripe-invoices";

/** What Stripe has invoiced; asked of Stripe itself, apart from the page, which does not wait for it. */
export async function StripeInvoices({ userId }: { readonly userId: UserId }) {
  const customer = await findStripeCustomer(userId);
  const invoices = customer ? await listStripeInvoices(customer) : [];
  if (!invoices)
    return <p className="text-ink-soft">Stripe is not answering right now. Load the page again later.</p>;
  if (invoices.length === 0) return <p className="text-ink-soft">Stripe has made none so far.</p>;
  return (
    <Panel className="overflow-hidden">
      <Table caption="Invoices of the payment provider, the latest first">
        <thead>
          <tr>
            <Th>Invoice</Th>
            <Th>Date</Th>
            <Th align="right">Amount</Th>
            <Th>File</Th>
          </tr>
        </thead>
        <tbody>
          {invoices.map((invoice) => (
            <tr key={invoice.id}>
              <Td lead>
                <a href={invoice.url} className="inline-flex items-center max-md:min-h-target">
                  {invoice.number ?? "Invoice"}
                </a>
              </Td>
              <Td label="Date" className="text-ink-soft tabular-nums">
                <DateTime at={invoice.createdAt} format="date" />
              </Td>
              <Td label="Amount" align="right">
                <Money amount={invoice.totalAmount} currency={invoice.currency} />
              </Td>
              <Td label="File">
                {invoice.pdfUrl ? (
                  <a href={invoice.pdfUrl} className="inline-flex items-center max-md:min-h-target">
                    PDF<span className="sr-only"> of {invoice.number}</span>
                  </a>
                ) : (
                  <span className="text-ink-muted">None</span>
                )}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}
