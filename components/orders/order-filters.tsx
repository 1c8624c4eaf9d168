import { Search } from "lucide-react";
import type { Route } from "next";
import { Button } from "@/components/ui/button";
import { SelectField, TextField } from "@/components/ui/field";
import { Link } from "@/components/ui/link";
import { type OrderFilter, STATUS_FILTERS, statusFilters } from "@/lib/orders/order-filter";

type Props = { readonly filter: OrderFilter; readonly years: readonly number[] };

/** A plain GET form: it needs no script, and its result has an address. */
export function OrderFilters({ filter, years }: Props) {
  const narrowed = Object.values(filter).some((value) => value !== undefined);
  return (
    <search aria-label="Orders" className="mb-6 block print:hidden">
      <form
        action="/account/orders"
        className="grid grid-cols-2 items-end gap-4 lg:grid-cols-[minmax(0,1fr)_12rem_7rem_auto]"
      >
        <TextField
          name="q"
          type="search"
          label="Search"
          placeholder="Order number or course"
          icon={<Search />}
          defaultValue={filter.q}
          maxLength={200}
          autoComplete="off"
          enterKeyHint="search"
          className="col-span-2 lg:col-span-1"
        />
        <SelectField name="status" label="Status" defaultValue={filter.status ?? ""}>
          <option value="">All</option>
          {statusFilters.map((status) => (
            <option key={status} value={status}>
              {STATUS_FILTERS[status].label}
            </option>
          ))}
        </SelectField>
        <SelectField name="year" label="Year" defaultValue={filter.year ?? ""}>
          <option value="">All</option>
          {years.map((year) => (
            <option key={year} value={year}>
              {year}
            </option>
          ))}
        </SelectField>
        <Button type="submit" className="col-span-2 lg:col-span-1">
          Show
        </Button>
      </form>
      {narrowed ? (
        <p className="mt-2 text-sm">
          <Link href={"/account/orders" as Route} className="inline-flex min-h-target items-center">
            Show all orders
          </Link>
        </p>
      ) : null}
    </search>
  );
}
