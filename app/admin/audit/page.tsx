import { ShieldCheck } from "lucide-react";
import type { Metadata, Route } from "next";
import { AuditTable } from "@/components/admin/audit-table";
import { ERASED_PERSON } from "@/components/admin/audit-words";
import { ListFilters } from "@/components/admin/list-filters";
import { PageHead } from "@/components/layout/page";
import { Button, ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import { Pagination } from "@/components/ui/tabs";
import {
  AUDIT_PAGE,
  type ChainCheck,
  listActors,
  listAuditEntries,
  verifyAuditLog,
} from "@/lib/audit/queries";
import { auditQuery, readAuditQuery } from "@/lib/audit/read-audit-query";
import { AUDIT_ACTIONS } from "@/lib/audit/schema";
import { readReaderZone } from "@/lib/identity/reader-zone";
import { requirePermission } from "@/lib/identity/session";

export const metadata: Metadata = { title: "Audit log" };

/** What staff changed, and the proof that nothing of it was altered since. */
export default async function AuditPage({ searchParams }: PageProps<"/admin/audit">) {
  const staff = await requirePermission("audit.see");
  const sent = await searchParams;
  const query = readAuditQuery(sent);
  const { zone } = await readReaderZone(staff);
  const [page, actors, check] = await Promise.all([
    listAuditEntries(staff.userId, query, query.cursor, AUDIT_PAGE, zone),
    listActors(staff.userId, query.actor),
    sent.verify === "1" ? verifyAuditLog(staff.userId) : null,
  ]);
  const href = (place: "before" | "after", number: number) =>
    `/admin/audit${auditQuery(query, { [place]: String(number) })}` as Route;
  return (
    <>
      <PageHead
        title="Audit log"
        lead="Every change that staff made. Lines are only ever added."
        aside={
          <form action="/admin/audit">
            <input type="hidden" name="verify" value="1" />
            <Button type="submit">
              <ShieldCheck />
              Verify
            </Button>
          </form>
        }
      />
      {check ? <Verdict check={check} /> : null}
      <ListFilters
        action="/admin/audit"
        typed={query.q}
        placeholder="Order number, coupon code or course"
        choices={[
          {
            label: "What",
            name: "action",
            chosen: query.action,
            unset: "Any change",
            options: Object.entries(AUDIT_ACTIONS),
          },
          {
            label: "Who",
            name: "actor",
            chosen: query.actor,
            unset: "Anybody",
            options: actors.map(({ id, name, email }) => [id, name ? `${name}, ${email}` : ERASED_PERSON]),
          },
        ]}
        days={{ from: query.from, to: query.to, zone }}
      />
      {page.entries.length > 0 ? (
        <AuditTable entries={page.entries} names={page.names} />
      ) : (
        <NoEntries isFiltered={auditQuery(query) !== ""} />
      )}
      {page.newer !== null || page.older !== null ? (
        <Pagination
          newer={page.newer === null ? null : href("after", page.newer)}
          older={page.older === null ? null : href("before", page.older)}
        >
          {page.entries.length} {page.entries.length === 1 ? "change" : "changes"}, newest first
        </Pagination>
      ) : null}
    </>
  );
}

function Verdict({ check }: { readonly check: ChainCheck }) {
  const { intact, hash, broken } = check;
  if (broken) {
    return (
      <Notice tone="danger" role="alert" title="The log has been altered" className="mb-6">
        <p>
          {broken.problem === "missing"
            ? `Line ${broken.number} is missing.`
            : `Line ${broken.number} is not as it was written.`}{" "}
          Lines 1 to {intact} are intact. Keep a copy of the database and compare it with a backup.
        </p>
      </Notice>
    );
  }
  return (
    <Notice tone="success" role="status" title="The log is intact" className="mb-6">
      <p>
        {intact === 0 ? "It has no lines yet." : `${intact} lines, each as it was written.`}{" "}
        {intact > 0 ? (
          <>
            Keep this number elsewhere to notice a log that was rewritten as a whole:{" "}
            <code className="font-mono text-xs wrap-anywhere">{hash}</code>
          </>
        ) : null}
      </p>
    </Notice>
  );
}

function NoEntries({ isFiltered }: { readonly isFiltered: boolean }) {
  return (
    <Panel dashed>
      {isFiltered ? (
        <EmptyState
          title="No change matches"
          action={<ButtonLink href="/admin/audit">Show all changes</ButtonLink>}
        >
          Search by the beginning of an order number or a coupon code, or choose more days.
        </EmptyState>
      ) : (
        <EmptyState title="No changes yet">
          Each change that staff make stands here with who made it and what was before.
        </EmptyState>
      )}
    </Panel>
  );
}
