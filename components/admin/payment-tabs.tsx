import { Tabs } from "@/components/ui/tabs";

type Current = "alerts" | "events" | "disputes" | "comparisons";

export function PaymentTabs({ current }: { readonly current: Current }) {
  return (
    <div className="mb-6">
      <Tabs
        label="Payments"
        tabs={[
          { href: "/admin/payments", label: "To settle", current: current === "alerts" },
          { href: "/admin/payments/events", label: "Events", current: current === "events" },
          { href: "/admin/payments/disputes", label: "Disputes", current: current === "disputes" },
          { href: "/admin/payments/comparisons", label: "Comparisons", current: current === "comparisons" },
        ]}
      />
    </div>
  );
}
