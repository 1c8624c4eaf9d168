import { Tabs } from "@/components/ui/tabs";

export function AnalyticsTabs({ current }: { readonly current: "sales" | "funnel" | "learning" }) {
  return (
    <div className="mb-6">
      <Tabs
        label="Analytics"
        tabs={[
          { href: "/admin/analytics", label: "Sales", current: current === "sales" },
          { href: "/admin/analytics/funnel", label: "Funnel", current: current === "funnel" },
          { href: "/admin/analytics/learning", label: "Learning", current: current === "learning" },
        ]}
      />
    </div>
  );
}
