import { Download, FileText } from "lucide-react";
import { DateTime } from "@/components/ui/date-time";
import { Money } from "@/components/ui/money";
import { Panel } from "@/components/ui/panel";
import type { OwnDocument } from "@/lib/documents/queries";

const row =
  "flex min-h-14 items-center gap-3 border-t border-hairline px-5 py-2 text-sm text-ink no-underline hover:bg-sunken hover:text-ink lg:px-6 [&_svg]:size-4.5! [&_svg]:shrink-0 [&_svg]:text-ink-muted";

/** Invoices and credit notes, a group for each year with all of them in one file. */
export function DocumentList({ documents }: { readonly documents: readonly OwnDocument[] }) {
  const yearOf = (one: OwnDocument) => one.issuedAt.getUTCFullYear();
  const years = [...new Set(documents.map(yearOf))];
  return (
    <div className="grid gap-5">
      {years.map((year) => (
        <Panel key={year} as="section" aria-labelledby={`documents-${year}`} className="overflow-hidden">
          <div className="flex flex-wrap items-center justify-between gap-x-4 px-5 py-2 lg:px-6">
            <h3 id={`documents-${year}`} className="text-lg">
              {year}
            </h3>
            <a
              href={`/account/billing/documents/${year}`}
              className="inline-flex min-h-target items-center gap-2 text-sm"
            >
              <Download className="size-4.5!" />
              All of {year} as ZIP
            </a>
          </div>
          {documents
            .filter((one) => yearOf(one) === year)
            .map(({ kind, number, orderNumber, issuedAt, totalAmount, currency }) => (
              <a key={number} href={`/account/orders/${orderNumber}/documents/${number}`} className={row}>
                <FileText />
                <span className="min-w-0 flex-1">
                  <span className="font-medium">
                    {kind === "invoice" ? "Invoice" : "Credit note"}{" "}
                    <span className="wrap-anywhere sm:whitespace-nowrap">{number}</span>
                  </span>
                  <small className="block text-xs text-ink-muted">
                    PDF, <DateTime at={issuedAt} format="date" />
                  </small>
                </span>
                <Money amount={kind === "invoice" ? totalAmount : -totalAmount} currency={currency} />
                <Download />
              </a>
            ))}
        </Panel>
      ))}
    </div>
  );
}
