import type { Metadata, Route } from "next";
import { Suspense } from "react";
import { BillingForm } from "@/components/billing/billing-form";
import { CorrectInvoiceForm } from "@/components/billing/correct-invoice-form";
import { DocumentList } from "@/components/billing/document-list";
import { PaymentTable } from "@/components/billing/payment-table";
import { StripeInvoices } from "@/components/billing/stripe-invoices";
import { PageHead, SectionHead } from "@/components/layout/page";
import { Link } from "@/components/ui/link";
import { Pagination } from "@/components/ui/tabs";
import { listCountries } from "@/lib/documents/countries";
import { findBillingDetails, listDocumentPage, listInvoicedOrders } from "@/lib/documents/queries";
import { readDocumentCursor } from "@/lib/documents/schema";
import { env } from "@/lib/env";
import { requireViewer } from "@/lib/identity/session";
import { listPayments, PAYMENTS_SHOWN } from "@/lib/payments/queries";

export const metadata: Metadata = { title: "Billing" };

/** What was paid, the papers for it, and whom the next ones are billed to. */
export default async function BillingPage({ searchParams }: PageProps<"/account/billing">) {
  const viewer = await requireViewer("/account/billing");
  const [payments, { documents, newer, older }, invoiced, details] = await Promise.all([
    listPayments(viewer.userId),
    listDocumentPage(viewer.userId, readDocumentCursor(await searchParams)),
    listInvoicedOrders(viewer.userId),
    findBillingDetails(viewer.userId),
  ]);
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
            <p className="text-ink-soft">Each payment gets an invoice, as a PDF. There are none so far.</p>
          )}
          {newer || older ? (
            <Pagination
              label="Pages of documents"
              newer={newer ? (`/account/billing?after=${newer}#papers` as Route) : null}
              older={older ? (`/account/billing?before=${older}#papers` as Route) : null}
            >
              {documents.length} {documents.length === 1 ? "document" : "documents"}, the latest first
            </Pagination>
          ) : null}
        </section>
        {env().STRIPE_INVOICES === "on" ? (
          <section aria-labelledby="provider">
            <SectionHead id="provider" title="Invoices of the payment provider" size="small" />
            <Suspense fallback={<p className="text-ink-soft">Asking Stripe …</p>}>
              <StripeInvoices userId={viewer.userId} />
            </Suspense>
          </section>
        ) : null}
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
