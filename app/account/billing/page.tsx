import type { Metadata } from "next";
import { BillingForm } from "@/components/billing/billing-form";
import { CorrectInvoiceForm } from "@/components/billing/correct-invoice-form";
import { DocumentList } from "@/components/billing/document-list";
import { PaymentTable } from "@/components/billing/payment-table";
import { PageHead, SectionHead } from "@/components/layout/page";
import { Link } from "@/components/ui/link";
import { listCountries } from "@/lib/documents/countries";
import { findBillingDetails, listOwnDocuments } from "@/lib/documents/queries";
import { requireViewer } from "@/lib/identity/session";
import { listPayments, PAYMENTS_SHOWN } from "@/lib/payments/queries";

export const metadata: Metadata = { title: "Billing" };

/** What was paid, the papers for it, and whom the next ones are billed to. */
export default async function BillingPage() {
  const viewer = await requireViewer("/account/billing");
  const [payments, documents, details] = await Promise.all([
    listPayments(viewer.userId),
    listOwnDocuments(viewer.userId),
    findBillingDetails(viewer.userId),
  ]);
  const invoiced = [...new Set(documents.map((one) => one.orderNumber))];
  return (
    <>
      <PageHead title="Billing" />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-12">
        <section aria-labelledby="payments">
          <SectionHead id="payments" title="Payments" size="small" />
          {payments.length > 0 ? (
            <PaymentTable payments={payments} />
          ) : (
            <p className="text-ink-soft">You have not paid for anything yet.</p>
          )}
          {payments.length === PAYMENTS_SHOWN ? (
            <p className="mt-3 text-sm text-ink-soft">
              The latest {PAYMENTS_SHOWN}. Earlier ones are under <Link href="/account/orders">Orders</Link>.
            </p>
          ) : null}
        </section>
        <section aria-labelledby="papers">
          <SectionHead id="papers" title="Invoices and credit notes" size="small" />
          {documents.length > 0 ? (
            <DocumentList documents={documents} />
          ) : (
            <p className="text-ink-soft">Each payment brings its invoice, as a PDF. There is none so far.</p>
          )}
        </section>
        <section aria-labelledby="details">
          <SectionHead id="details" title="Billing details" size="small" />
          <p className="mb-5 max-w-[42rem] text-ink-soft">Your next invoices are billed to this.</p>
          <BillingForm details={details} countries={listCountries()} />
        </section>
        {invoiced.length > 0 ? (
          <section aria-labelledby="correct">
            <SectionHead id="correct" title="Correct an invoice" size="small" />
            <p className="mb-5 max-w-[42rem] text-ink-soft">
              An invoice is never changed. It is replaced by one billed to your saved details, and a credit
              note takes the first one back. Nothing is paid or returned.
            </p>
            <CorrectInvoiceForm orders={invoiced} />
          </section>
        ) : null}
      </div>
    </>
  );
}
