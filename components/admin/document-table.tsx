import { Download } from "lucide-react";
import type { Route } from "next";
import { Link } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { Panel } from "@/components/ui/panel";
import { Table, Td, Th, TwoLines } from "@/components/ui/table";
import { countryName } from "@/lib/documents/describe-document";
import { formatDay } from "@/lib/format-day";
import type { RegisterRow } from "@/lib/invoice-register/schema";
import { DOCUMENT_KIND_NAMES } from "./document-kinds";

/** Issued documents, each with its PDF; on phones a card for each. */
export function DocumentTable({ documents }: { readonly documents: readonly RegisterRow[] }) {
  return (
    <Panel className="overflow-hidden">
      <Table caption="Invoices and credit notes">
        <thead>
          <tr>
            <Th>Document</Th>
            <Th>Issued</Th>
            <Th>Customer</Th>
            <Th align="right">Tax</Th>
            <Th align="right">Total</Th>
          </tr>
        </thead>
        <tbody>
          {documents.map((document) => (
            <Row key={document.number} document={document} />
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

const linkClass = "whitespace-nowrap tabular-nums max-md:inline-flex max-md:min-h-target max-md:items-center";

function Row({ document }: { readonly document: RegisterRow }) {
  const { number, kind, amends, orderNumber, company, customer, country, vatId, currency } = document;
  const where = [company ? customer : null, country && countryName(country), vatId]
    .filter(Boolean)
    .join(", ");
  return (
    <tr>
      <Td lead>
        <TwoLines
          small={amends ? `${DOCUMENT_KIND_NAMES[kind].one} of ${amends}` : DOCUMENT_KIND_NAMES[kind].one}
        >
          {/* No Link: what answers is a file, not a page. */}
          <a
            href={`/account/orders/${orderNumber}/documents/${number}`}
            download
            className={`inline-flex items-center gap-1.5 font-medium ${linkClass}`}
          >
            {number}
            <Download className="size-3.5! flex-none" />
            <span className="sr-only">as a PDF</span>
          </a>
        </TwoLines>
      </Td>
      <Td label="Issued" className="tabular-nums">
        <TwoLines
          small={
            <Link href={`/admin/orders/${orderNumber}` as Route} prefetch={false} className={linkClass}>
              {orderNumber}
            </Link>
          }
        >
          {formatDay(document.issuedOn)}
        </TwoLines>
      </Td>
      <Td label="Customer">{where ? <TwoLines small={where}>{company ?? customer}</TwoLines> : customer}</Td>
      <Td label="Tax" align="right">
        <Money amount={document.taxAmount} currency={currency} />
      </Td>
      <Td label="Total" align="right" className="font-semibold">
        <TwoLines
          small={
            <span className="whitespace-nowrap">
              <Money amount={document.netAmount} currency={currency} /> net
            </span>
          }
        >
          <Money amount={document.totalAmount} currency={currency} />
        </TwoLines>
      </Td>
    </tr>
  );
}
