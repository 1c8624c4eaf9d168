import type { Metadata } from "next";
import { CompareNow } from "@/components/admin/payment-buttons";
import { PaymentTabs } from "@/components/admin/payment-tabs";
import { PageHead } from "@/components/layout/page";
import { Badge } from "@/components/ui/badge";
import { SegmentedLinks } from "@/components/ui/choice";
import { DateTime } from "@/components/ui/date-time";
import { Panel } from "@/components/ui/panel";
import { Table, Td, Th, TwoLines } from "@/components/ui/table";
import { listRuns, type RunRow } from "@/lib/bookkeeping/queries";
import { requirePermission } from "@/lib/identity/session";
import { roleMay } from "@/lib/permissions";

export const metadata: Metadata = { title: "Comparisons with Stripe" };

/** When the books were compared with Stripe’s, and what came of it. */
export default async function ComparisonsPage({ searchParams }: PageProps<"/admin/payments/comparisons">) {
  const staff = await requirePermission("payments.see");
  const all = (await searchParams).all === "yes";
  const runs = await listRuns(staff.userId, !all);
  return (
    <>
      <PageHead
        title="Payments"
        aside={
          roleMay(staff.role, "payments.settle") ? (
            <div className="flex flex-wrap gap-3">
              <CompareNow hours={2} label="Compare the last 2 hours" />
              <CompareNow hours={72} label="Compare 3 days" />
            </div>
          ) : null
        }
      />
      <PaymentTabs current="comparisons" />
      <p className="mb-4 text-sm text-ink-soft">
        The worker compares the last two hours every two minutes and three days every hour. What it can mend,
        it mends; the rest stands under “To settle”.
      </p>
      <div className="mb-4">
        <SegmentedLinks
          label="Which"
          items={[
            { href: "/admin/payments/comparisons", label: "With findings", current: !all },
            { href: "/admin/payments/comparisons?all=yes", label: "All", current: all },
          ]}
        />
      </div>
      {runs.length > 0 ? (
        <RunTable runs={runs} />
      ) : (
        <p className="text-ink-soft">
          {all
            ? "The books were not compared yet. Is a worker running?"
            : "No comparison found anything lately."}
        </p>
      )}
    </>
  );
}

function RunTable({ runs }: { readonly runs: readonly RunRow[] }) {
  return (
    <Panel className="overflow-hidden">
      <Table caption="Comparisons with Stripe, newest first">
        <thead>
          <tr>
            <Th>When</Th>
            <Th>Looked at</Th>
            <Th>Repaired</Th>
            <Th>Outcome</Th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.id}>
              <Td lead>
                <TwoLines small={run.requestedBy ?? `The last ${run.hours} hours`}>
                  <DateTime at={run.startedAt} format="short" />
                </TwoLines>
              </Td>
              <Td label="Looked at" className="text-sm text-ink-soft">
                {describeChecked(run)}
              </Td>
              <Td label="Repaired" className="text-sm wrap-anywhere">
                {run.repaired.length === 0 ? (
                  <span className="text-ink-muted">Nothing</span>
                ) : (
                  <ul className="grid gap-1">
                    {run.repaired.map((what) => (
                      <li key={what}>{what}</li>
                    ))}
                  </ul>
                )}
              </Td>
              <Td label="Outcome">
                <Outcome run={run} />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

function describeChecked({ checked, seconds }: RunRow): string {
  const counts = Object.entries(checked).filter(([, count]) => count > 0);
  const what = counts.map(([name, count]) => `${count.toLocaleString("en-US")} ${name}`).join(", ");
  return `${what || "Nothing new"}, in ${seconds.toFixed(1)} s`;
}

function Outcome({ run }: { readonly run: RunRow }) {
  if (run.problem)
    return (
      <TwoLines small={run.problem}>
        <Badge tone="danger">Not finished</Badge>
      </TwoLines>
    );
  if (run.differences > 0)
    return (
      <Badge tone="warning">
        {run.differences} {run.differences === 1 ? "difference" : "differences"} left
      </Badge>
    );
  return <Badge tone="success">In line</Badge>;
}
