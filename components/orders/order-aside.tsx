import { Download, ExternalLink, FileText, ReceiptText, Undo2 } from "lucide-react";
import type { Route } from "next";
import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/button";
import { DateTime } from "@/components/ui/date-time";
import { Link } from "@/components/ui/link";
import { Panel, PanelBody, PanelHead } from "@/components/ui/panel";
import { buyerLines } from "@/lib/documents/describe-document";
import type { OrderDetails } from "@/lib/orders/queries";
import { PrintButton } from "./print-button";

/** Beside an order: the way to its courses, its receipt, and who it was billed to. */
export function OrderAside({
  order,
  mayAsk,
}: {
  readonly order: OrderDetails;
  /** Whether a refund may be asked for now. */
  readonly mayAsk: boolean;
}) {
  const open = order.items.filter((item) => item.hasAccess);
  const start = open.length === 1 ? `/learn/${open[0]?.slug}` : "/account/courses";
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5 print:mt-6">
      {open.length > 0 ? (
        <ButtonLink href={start as Route} variant="primary" size="large" block prefetch={false}>
          Start learning
        </ButtonLink>
      ) : null}
      <Documents order={order} />
      {order.documents.length > 0 && order.status !== "refunded" ? (
        <Link
          href="/account/billing#correct"
          className="inline-flex min-h-target items-center text-sm print:hidden"
        >
          {order.billing.company || order.billing.vatId
            ? "Change the company or VAT id on the invoice"
            : "Add a company or VAT id to the invoice"}
        </Link>
      ) : null}
      <BilledTo billing={order.billing} />
      {mayAsk ? (
        <ButtonLink
          href={`/account/orders/${order.orderNumber}/refund` as Route}
          prefetch={false}
          className="print:hidden"
        >
          <Undo2 />
          Ask for a refund
        </ButtonLink>
      ) : null}
      <PrintButton />
    </div>
  );
}

const documentLink =
  "flex min-h-14 items-center gap-3 border-t border-hairline px-5 py-2 text-sm font-medium text-ink no-underline first-of-type:border-t-0 hover:bg-sunken hover:text-ink lg:px-6 [&_svg]:size-4.5! [&_svg]:shrink-0 [&_svg]:text-ink-muted";

function Documents({ order }: { readonly order: OrderDetails }) {
  const { orderNumber, receiptUrl, paidAt, documents } = order;
  if (!receiptUrl && documents.length === 0) return null;
  const replaced = new Set(
    documents.flatMap(({ kind, about }) => (kind === "invoice" && about ? about : [])),
  );
  return (
    <Panel as="section" aria-labelledby="documents" className="overflow-hidden print:hidden">
      <PanelHead id="documents" title="Documents" />
      {receiptUrl ? (
        <a href={receiptUrl} className={documentLink}>
          <ReceiptText />
          <span className="flex-1">
            Receipt
            {paidAt ? (
              <DocumentFacts>
                <DateTime at={paidAt} format="date" />
              </DocumentFacts>
            ) : null}
          </span>
          <ExternalLink />
        </a>
      ) : null}
      {documents.map(({ kind, number, issuedAt }) => (
        <a key={number} href={`/account/orders/${orderNumber}/documents/${number}`} className={documentLink}>
          <FileText />
          <span className="flex-1">
            {nameDocument(kind, replaced.has(number))}
            <DocumentFacts>
              {number}, PDF, <DateTime at={issuedAt} format="date" />
            </DocumentFacts>
          </span>
          <Download />
        </a>
      ))}
    </Panel>
  );
}

const nameDocument = (kind: "invoice" | "credit_note", isReplaced: boolean) =>
  kind === "credit_note" ? "Credit note" : isReplaced ? "Invoice, replaced" : "Invoice";

function DocumentFacts({ children }: { readonly children: ReactNode }) {
  return <small className="block text-xs font-normal text-ink-muted">{children}</small>;
}

function BilledTo({ billing }: { readonly billing: OrderDetails["billing"] }) {
  const { vatId, email } = billing;
  const lines = [...buyerLines(billing), ...(vatId ? [`VAT ID ${vatId}`] : [])];
  if (lines.length === 0 && !email) return null;
  return (
    <Panel as="section" aria-labelledby="billed-to">
      <PanelHead id="billed-to" title="Billed to" />
      <PanelBody className="text-sm text-ink-soft">
        <address className="leading-relaxed wrap-anywhere">
          {lines.map((line) => (
            <span key={line} className="block">
              {line}
            </span>
          ))}
          {email ? <span className="mt-3 block first:mt-0">{email}</span> : null}
        </address>
      </PanelBody>
    </Panel>
  );
}
