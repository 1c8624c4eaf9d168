import { Search, ShieldCheck } from "lucide-react";
import type { Metadata, Route } from "next";
import { AuditTable } from "@/components/admin/audit-table";
import { PageHead } from "@/components/layout/page";
import { Button, ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { SelectField, TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import { Pagination } from "@/components/ui/tabs";
import { type ChainCheck, listAuditEntries, verifyAuditLog } from "@/lib/audit/queries";
import { type AuditQuery, readAuditQuery } from "@/lib/audit/read-audit-query";
import { AUDIT_ACTIONS } from "@/lib/audit/schema";
import { requirePermission } from "@/lib/identity/session";

export const metadata: Metadata = { title: "Audit log" };

/** What staff changed, and the proof that nothing of it was altered since. */
export default async function AuditPage({ searchParams }: PageProps<"/admin/audit">) {
  const staff = await requirePermission("audit.see");
  const sent = await searchParams;
  const query = readAuditQuery(sent);
  const [page, check] = await Promise.all([
    listAuditEntries(staff.userId, query, query.cursor),
    sent.verify === "1" ? verifyAuditLog(staff.userId) : null,
  ]);
  const filter = { ...(query.q ? { q: query.q } : {}), ...(query.action ? { action: query.action } : {}) };
  const href = (place: "before" | "after", number: number) =>
    `/admin/audit?${new URLSearchParams({ ...filter, [place]: String(number) })}` as Route;
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
      <AuditSearch query={query} />
      {page.entries.length > 0 ? (
        <AuditTable entries={page.entries} />
      ) : (
        <NoEntries isFiltered={Object.keys(filter).length > 0} />
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

function AuditSearch({ query }: { readonly query: AuditQuery }) {
  return (
    <search>
      <form action="/admin/audit" className="mb-6 flex flex-wrap items-end gap-3">
        <div className="min-w-0 flex-1 basis-60">
          <TextField
            label="Search"
            name="q"
            type="search"
            defaultValue={query.q}
            placeholder="Order number or coupon code"
            icon={<Search />}
            autoComplete="off"
          />
        </div>
        <div className="min-w-0 flex-1 basis-52">
          <SelectField label="What" name="action" defaultValue={query.action ?? ""}>
            <option value="">Any change</option>
            {Object.entries(AUDIT_ACTIONS).map(([action, words]) => (
              <option key={action} value={action}>
                {words}
              </option>
            ))}
          </SelectField>
        </div>
        <Button type="submit" className="max-sm:w-full">
          Filter
        </Button>
      </form>
    </search>
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
          Search by the beginning of an order number or a coupon code.
        </EmptyState>
      ) : (
        <EmptyState title="No changes yet">
          Each change that staff make stands here with who made it and what was before.
        </EmptyState>
      )}
    </Panel>
  );
}
