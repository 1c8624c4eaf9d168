import type { Metadata, Route } from "next";
import { DocumentFilters } from "@/components/admin/document-filters";
import { DocumentSums } from "@/components/admin/document-sums";
import { DocumentTable } from "@/components/admin/document-table";
import { ExportLink } from "@/components/admin/export-link";
import { PageHead } from "@/components/layout/page";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { Pagination } from "@/components/ui/tabs";
import { documentNumber } from "@/lib/documents/schema";
import { requirePermission } from "@/lib/identity/session";
import { listRegister, sumRegister } from "@/lib/invoice-register/queries";
import { isSummed, readRegisterFilter, registerQuery } from "@/lib/invoice-register/read-register-filter";
import { readPlace } from "@/lib/keyset";
import { roleMay } from "@/lib/permissions";

export const metadata: Metadata = { title: "Documents" };

/** Every invoice and credit note that the shop has issued. */
export default async function DocumentsPage({ searchParams }: PageProps<"/admin/documents">) {
  const staff = await requirePermission("documents.see");
  const sent = await searchParams;
  const { filter, problems } = readRegisterFilter(sent);
  const isAsked = !problems.from && !problems.to;
  const [page, sums] = await Promise.all([
    isAsked ? listRegister(staff.userId, filter, readPlace(sent, documentNumber)) : null,
    isAsked && isSummed(filter) ? sumRegister(staff.userId, filter) : [],
  ]);
  const href = (place: "before" | "after", number: string) =>
    `/admin/documents${registerQuery(filter, { [place]: number })}` as Route;
  return (
    <>
      <PageHead
        title="Documents"
        lead="Invoices and credit notes as they were issued."
        aside={
          isAsked && roleMay(staff.role, "documents.export") ? (
            <ExportLink href={`/admin/documents/export${registerQuery(filter)}`} of="documents" />
          ) : null
        }
      />
      <DocumentFilters filter={filter} problems={problems} today={new Date().toISOString().slice(0, 10)} />
      <DocumentSums sums={sums} />
      {page === null ? (
        <Panel dashed>
          <EmptyState title="Nothing is listed yet">
            Put the days right, so that nothing but what you asked for is added up.
          </EmptyState>
        </Panel>
      ) : page.rows.length > 0 ? (
        <DocumentTable documents={page.rows} />
      ) : (
        <NoDocuments isFiltered={registerQuery(filter) !== ""} />
      )}
      {page?.newer || page?.older ? (
        <Pagination
          newer={page.newer ? href("after", page.newer) : null}
          older={page.older ? href("before", page.older) : null}
        >
          {page.rows.length} {page.rows.length === 1 ? "document" : "documents"}
        </Pagination>
      ) : null}
    </>
  );
}

function NoDocuments({ isFiltered }: { readonly isFiltered: boolean }) {
  return (
    <Panel dashed>
      {isFiltered ? (
        <EmptyState
          title="No document matches"
          action={<ButtonLink href="/admin/documents">Show all documents</ButtonLink>}
        >
          Choose other days, or search by the whole number of a document or an order, or by the beginning of
          an e-mail address.
        </EmptyState>
      ) : (
        <EmptyState title="No documents yet">
          The first invoice appears here as soon as an order is paid.
        </EmptyState>
      )}
    </Panel>
  );
}
