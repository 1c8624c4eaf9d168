import { Tabs } from "@/components/ui/tabs";
import type { CouponFilter } from "@/lib/campaigns/read-coupon-filter";
import { COUPON_STATES } from "@/lib/campaigns/schema";
import { COUPON_STATE_NAMES } from "./coupon-state-badge";
import { ListFilters } from "./list-filters";

export function CouponTabs({ current }: { readonly current: "codes" | "batches" }) {
  return (
    <div className="mb-6">
      <Tabs
        label="Kinds of codes"
        tabs={[
          { href: "/admin/coupons", label: "Codes", current: current === "codes" },
          { href: "/admin/coupons/batches", label: "Batches", current: current === "batches" },
        ]}
      />
    </div>
  );
}

export const CouponFilters = ({ filter }: { readonly filter: CouponFilter }) => (
  <ListFilters
    action="/admin/coupons"
    typed={filter.q}
    placeholder="The beginning of a code"
    kept={{ batch: filter.batch }}
    choices={[
      {
        label: "State",
        name: "state",
        chosen: filter.state,
        unset: "Any state",
        options: COUPON_STATES.map((state) => [state, COUPON_STATE_NAMES[state]]),
      },
    ]}
  />
);
