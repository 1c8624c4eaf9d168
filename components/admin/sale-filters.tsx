import { Search } from "lucide-react";
import type { Route } from "next";
import { Button } from "@/components/ui/button";
import { Chip, ChipLink } from "@/components/ui/chip";
import { SelectField, TextField } from "@/components/ui/field";
import { Link } from "@/components/ui/link";
import { saleQuery } from "@/lib/sales/read-sale-filter";
import { SALE_STATUSES, type SaleFilter } from "@/lib/sales/schema";
import { STATUS_NAMES } from "./status-names";

const address = (filter: Partial<SaleFilter>) => `/admin/orders${saleQuery(filter)}` as Route;

/** What the search looks in (lib/sale-search). */
export const SEARCHED =
  "words of a customer’s or company’s name, the beginning of an e-mail address, the whole address that a gift goes to, a whole VAT id, the beginning or the last six signs of an order’s number, a part of a course’s title, the whole number of an invoice or credit note, and a whole id of Stripe: of a payment, session, customer, refund, dispute or event.";

/** Search and filters of the orders: a plain form whose state is the address. */
export function SaleFilters({
  filter,
  currency,
}: {
  readonly filter: SaleFilter;
  readonly currency: string;
}) {
  const { course, coupon, least, most } = filter;
  return (
    <search>
      <form action="/admin/orders" className="mb-4 grid gap-3">
        <input type="hidden" name="sort" value={filter.sort} />
        <input type="hidden" name="direction" value={filter.direction} />
        <div className="grid grid-cols-2 gap-3 lg:grid-cols-[minmax(0,1fr)_11rem_9.5rem_9.5rem_auto] lg:items-end">
          <TextField
            label="Search"
            name="q"
            type="search"
            defaultValue={filter.q}
            placeholder="Name, e-mail, number or course"
            icon={<Search />}
            autoComplete="off"
            className="max-lg:col-span-2"
          />
          <SelectField
            label="Status"
            name="status"
            defaultValue={filter.status ?? ""}
            className="max-lg:col-span-2"
          >
            <option value="">Any status</option>
            {SALE_STATUSES.map((status) => (
              <option key={status} value={status}>
                {STATUS_NAMES[status]}
              </option>
            ))}
          </SelectField>
          <TextField label="From" name="from" type="date" defaultValue={filter.from} />
          <TextField label="To" name="to" type="date" defaultValue={filter.to} />
          <Button type="submit" className="max-lg:col-span-2">
            Filter
          </Button>
        </div>
        <details open={Boolean(course || coupon || least || most)}>
          <summary className="inline-flex min-h-target cursor-pointer items-center text-sm font-medium text-accent">
            More filters
          </summary>
          <div className="grid grid-cols-2 gap-3 pt-1 lg:grid-cols-4">
            <TextField
              label="Course"
              name="course"
              defaultValue={course}
              placeholder="A part of its title"
              autoComplete="off"
              className="max-lg:col-span-2"
            />
            <TextField
              label="Coupon"
              name="coupon"
              defaultValue={coupon}
              placeholder="The whole code"
              autoComplete="off"
              className="max-lg:col-span-2"
            />
            <AmountField label={`At least, in ${currency}`} name="least" value={least} />
            <AmountField label={`At most, in ${currency}`} name="most" value={most} />
          </div>
          <p className="mt-2 text-xs text-ink-muted">The search finds {SEARCHED}</p>
        </details>
        {filter.from || filter.to ? (
          <p className="text-xs text-ink-muted">
            Days begin at midnight in {filter.zone.replaceAll("_", " ")}.
          </p>
        ) : null}
      </form>
      <ActiveFilters filter={filter} currency={currency} />
    </search>
  );
}

type AmountFieldProps = {
  readonly label: string;
  readonly name: string;
  readonly value: string | undefined;
};

function AmountField({ label, name, value }: AmountFieldProps) {
  return (
    <TextField
      label={label}
      name={name}
      defaultValue={value}
      inputMode="decimal"
      pattern="\d{1,9}(\.\d{1,3})?"
      title="Digits, such as 49 or 49.00"
      autoComplete="off"
    />
  );
}

function ActiveFilters({ filter, currency }: { readonly filter: SaleFilter; readonly currency: string }) {
  const words: Partial<Record<keyof SaleFilter, string>> = {
    q: filter.q && `“${filter.q}”`,
    status: filter.status && STATUS_NAMES[filter.status],
    from: filter.from && `From ${filter.from}`,
    to: filter.to && `To ${filter.to}`,
    course: filter.course && `Course: ${filter.course}`,
    coupon: filter.coupon && `Coupon: ${filter.coupon}`,
    least: filter.least && `At least ${filter.least} ${currency}`,
    most: filter.most && `At most ${filter.most} ${currency}`,
  };
  const active = Object.entries(words).filter(([, text]) => text);
  if (active.length === 0) return null;
  return (
    <ul aria-label="Filters in use" className="mb-4 flex flex-wrap items-center gap-2">
      {active.map(([name, text]) => (
        <li key={name}>
          <Chip
            action={<ChipLink label={`Remove ${text}`} href={address({ ...filter, [name]: undefined })} />}
          >
            {text}
          </Chip>
        </li>
      ))}
      <li>
        <Link
          href={address({ sort: filter.sort, direction: filter.direction })}
          className="inline-flex min-h-target items-center px-1 text-sm text-ink-soft"
        >
          Clear all
        </Link>
      </li>
    </ul>
  );
}
