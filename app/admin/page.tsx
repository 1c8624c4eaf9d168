import type { Metadata } from "next";
import { OpenRequests } from "@/components/admin/open-requests";
import { PageHead, SectionHead } from "@/components/layout/page";
import { Attention } from "@/components/orders/attention";
import { requirePermission } from "@/lib/identity/session";
import { listFailedEmails } from "@/lib/notifications/queries";
import { listPaymentTrouble } from "@/lib/orders/queries";
import { countOpenRequests } from "@/lib/refund-requests/queries";

export const metadata: Metadata = { title: "Overview" };

/** What needs a person. */
export default async function OverviewPage() {
  const staff = await requirePermission("overview.see");
  const [requests, trouble, emails] = await Promise.all([
    countOpenRequests(staff.userId),
    listPaymentTrouble(staff.userId),
    listFailedEmails(staff.userId),
  ]);
  return (
    <>
      <PageHead title="Overview" />
      <section aria-labelledby="attention">
        <SectionHead id="attention" title="Needs attention" />
        <OpenRequests count={requests} />
        <Attention trouble={trouble} emails={emails} />
      </section>
    </>
  );
}
