import { Check } from "lucide-react";
import type { Metadata } from "next";
import { AlertTable } from "@/components/admin/alert-table";
import { PaymentTabs } from "@/components/admin/payment-tabs";
import { PageHead } from "@/components/layout/page";
import { SegmentedLinks } from "@/components/ui/choice";
import { Link } from "@/components/ui/link";
import { countUndecided, listAlerts } from "@/lib/bookkeeping/queries";
import { requirePermission } from "@/lib/identity/session";
import { roleMay } from "@/lib/permissions";

export const metadata: Metadata = { title: "Payments" };

/** What a person must settle between Stripe and the shop. */
export default async function PaymentsPage({ searchParams }: PageProps<"/admin/payments">) {
  const staff = await requirePermission("payments.see");
  const settled = (await searchParams).settled === "yes";
  const [alerts, undecided] = await Promise.all([
    listAlerts(staff.userId, settled),
    settled ? 0 : countUndecided(staff.userId),
  ]);
  return (
    <>
      <PageHead title="Payments" />
      <PaymentTabs current="alerts" />
      <div className="mb-4">
        <SegmentedLinks
          label="Which"
          items={[
            { href: "/admin/payments", label: "Open", current: !settled },
            { href: "/admin/payments?settled=yes", label: "Settled", current: settled },
          ]}
        />
      </div>
      {alerts.length > 0 ? (
        <AlertTable alerts={alerts} settled={settled} maySettle={roleMay(staff.role, "payments.settle")} />
      ) : (
        <NoAlert settled={settled} undecided={undecided} />
      )}
    </>
  );
}

/** That no alert is open says nothing of a dispute whose alert was cleared. */
function NoAlert({ settled, undecided }: { readonly settled: boolean; readonly undecided: number }) {
  if (settled) return <p className="text-ink-soft">Nothing was settled yet.</p>;
  if (undecided > 0)
    return (
      <p className="text-ink-soft">
        No alert is open, but the bank has not decided about{" "}
        <Link href="/admin/payments/disputes">{undecided === 1 ? "1 dispute" : `${undecided} disputes`}</Link>
        .
      </p>
    );
  return (
    <p className="flex items-center gap-2 text-ink-soft">
      <Check className="shrink-0 text-success" />
      Nothing: the shop’s books and Stripe’s say the same, and no bank wants money back.
    </p>
  );
}
