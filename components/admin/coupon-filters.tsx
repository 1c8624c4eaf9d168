import { Search } from "lucide-react";
import { Button } from "@/components/ui/button";
import { SelectField, TextField } from "@/components/ui/field";
import { Tabs } from "@/components/ui/tabs";
import type { CouponFilter } from "@/lib/campaigns/read-coupon-filter";
import { COUPON_STATES } from "@/lib/campaigns/schema";
import { COUPON_STATE_NAMES } from "./coupon-state-badge";

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

/** Search and filter of the codes: a plain form whose state is the address. */
export function CouponFilters({ filter }: { readonly filter: CouponFilter }) {
  return (
    <search>
      <form action="/admin/coupons" className="mb-6 flex flex-wrap items-end gap-3">
        {filter.batch ? <input type="hidden" name="batch" value={filter.batch} /> : null}
        <div className="min-w-0 flex-1 basis-60">
          <TextField
            label="Search"
            name="q"
            type="search"
            defaultValue={filter.q}
            placeholder="The beginning of a code"
            icon={<Search />}
            autoComplete="off"
          />
        </div>
        <div className="min-w-0 flex-1 basis-44">
          <SelectField label="State" name="state" defaultValue={filter.state ?? ""}>
            <option value="">Any state</option>
            {COUPON_STATES.map((state) => (
              <option key={state} value={state}>
                {COUPON_STATE_NAMES[state]}
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
