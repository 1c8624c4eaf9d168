import { Check } from "lucide-react";
import type { Metadata } from "next";
import { AlertTable } from "@/components/admin/alert-table";
import { PaymentTabs } from "@/components/admin/payment-tabs";
import { PageHead } from "@/components/layout/page";
import { SegmentedLinks } from "@/components/ui/choice";
import { listAlerts } from "@/lib/bookkeeping/queries";
import { requirePermission } from "@/lib/identity/session";
import { roleMay } from "@/lib/permissions";

export const metadata: Metadata = { title: "Payments" };

/** What a person must settle between Stripe and the shop. */
export default async function PaymentsPage({ searchParams }: PageProps<"/admin/payments">) {
  const staff = await requirePermission("payments.see");
  const settled = (await searchParams).settled === "yes";
  const alerts = await listAlerts(staff.userId, settled);
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
        <p className="flex items-center gap-2 text-ink-soft">
          {settled ? null : <Check className="text-success" />}
          {settled
            ? "Nothing was settled yet."
            : "Nothing: the shop’s books and Stripe’s say the same, and no bank wants money back."}
        </p>
      )}
    </>
  );
}
