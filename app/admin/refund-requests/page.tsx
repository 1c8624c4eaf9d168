import type { Metadata, Route } from "next";
import { RequestTable } from "@/components/admin/request-table";
import { PageHead } from "@/components/layout/page";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { Pagination, Tabs } from "@/components/ui/tabs";
import { requirePermission } from "@/lib/identity/session";
import { countOpenRequests, listRefundRequests } from "@/lib/refund-requests/queries";
import { queueHref, readQueue } from "@/lib/refund-requests/read-queue";

export const metadata: Metadata = { title: "Refund requests" };

const tabs = [
  ["open", "Waiting"],
  ["approved", "Approved"],
  ["declined", "Declined"],
  ["withdrawn", "Taken back"],
  ["all", "All"],
] as const;

/** Who asks for money back, and what became of it. */
export default async function RefundRequestsPage({ searchParams }: PageProps<"/admin/refund-requests">) {
  const staff = await requirePermission("refund_requests.see");
  const { state, cursor } = readQueue(await searchParams);
  const [{ requests, newer, older }, waiting] = await Promise.all([
    listRefundRequests(staff.userId, state === "all" ? null : state, cursor),
    countOpenRequests(staff.userId),
  ]);
  const href = (place: { before?: string | null; after?: string | null }) => queueHref(state, place) as Route;
  return (
    <>
      <PageHead title="Refund requests" />
      <div className="mb-6">
        <Tabs
          label="States"
          tabs={tabs.map(([name, label]) => ({
            href: queueHref(name) as Route,
            label,
            current: name === state,
            ...(name === "open" ? { count: waiting } : {}),
          }))}
        />
      </div>
      {requests.length > 0 ? (
        <RequestTable requests={requests} />
      ) : (
        <Panel dashed>
          <EmptyState title={state === "open" ? "Nobody waits for an answer" : "No such request"}>
            {state === "open"
              ? "Requests appear here, and in your mail, as soon as a learner asks for money back."
              : "Requests in another state stand under the other tabs."}
          </EmptyState>
        </Panel>
      )}
      {newer || older ? (
        <Pagination
          newer={newer ? href({ after: newer }) : null}
          older={older ? href({ before: older }) : null}
        >
          {requests.length} {requests.length === 1 ? "request" : "requests"}, newest first
        </Pagination>
      ) : null}
    </>
  );
}
