import { clsx } from "clsx";
import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import { Disclosure } from "@/components/ui/accordion";
import { Money } from "@/components/ui/money";
import { Panel, PanelHead } from "@/components/ui/panel";
import { scrollable } from "@/components/ui/scrollable";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { Stat, Stats } from "@/components/ui/stats";
import { Table, Td, Th } from "@/components/ui/table";
import { type Bucket, nameBucket } from "@/lib/analytics/period";
import type { Traffic } from "@/lib/analytics/queries";
import { DIMENSION_NAMES, type Dimension, type Slice } from "@/lib/analytics/schema";
import {
  addSales,
  averageAmount,
  changeOf,
  netAmount,
  type PairedSales,
  type Sales,
} from "@/lib/analytics/sum-sales";
import { formatMoney } from "@/lib/money";
import { ShareBar } from "./share-bar";

type TilesProps = {
  readonly now: Sales;
  readonly before: Sales;
  readonly currency: string;
  readonly traffic: { readonly now: Traffic; readonly before: Traffic };
};

/** The period in eight numbers, money first, each against the period before. */
export function SalesTiles({ now, before, currency, traffic }: TilesProps) {
  return (
    <div className="[&>*+*]:border-t-0">
      <Stats>
        <Stat
          label="Net revenue, incl. tax"
          value={formatMoney(netAmount(now), currency)}
          note={<Change now={netAmount(now)} before={netAmount(before)} />}
        />
        <Stat
          label="Refunded"
          value={formatMoney(now.refundedAmount, currency)}
          note={<Change now={now.refundedAmount} before={before.refundedAmount} />}
        />
        <Stat
          label="Lost to disputes"
          value={formatMoney(now.lostAmount, currency)}
          note={<Change now={now.lostAmount} before={before.lostAmount} />}
        />
        <Stat
          label="Tax in what was paid"
          value={formatMoney(now.taxAmount, currency)}
          note={<Change now={now.taxAmount} before={before.taxAmount} />}
        />
      </Stats>
      <Stats>
        <Stat
          label="Orders"
          value={now.orders.toLocaleString("en-US")}
          note={<Change now={now.orders} before={before.orders} />}
        />
        <Stat
          label="Average order"
          value={formatMoney(averageAmount(now), currency)}
          note={<Change now={averageAmount(now)} before={averageAmount(before)} />}
        />
        <Stat
          label="Checkouts paid"
          value={paidShare(traffic.now) ?? "—"}
          note={`${countPaid(traffic.now)}; ${paidShare(traffic.before) ?? "none"} before`}
        />
        <Stat
          label="Active learners"
          value={traffic.now.active.toLocaleString("en-US")}
          note={<Change now={traffic.now.active} before={traffic.before.active} />}
        />
      </Stats>
    </div>
  );
}

/** `62.5%`; null where nobody went to the checkout. */
const paidShare = ({ placed, paid }: Traffic) =>
  placed === 0 ? null : `${Math.round((paid / placed) * 1_000) / 10}%`;

const countPaid = ({ placed, paid }: Traffic) =>
  placed === 0 ? "No checkout" : `${paid.toLocaleString("en-US")} of ${placed.toLocaleString("en-US")}`;

function Change({ now, before }: { readonly now: number; readonly before: number }) {
  const change = changeOf(now, before);
  if (change === null) return <>{now === 0 ? "Nothing before either" : "Nothing before"}</>;
  if (change === 0) return <>As before</>;
  const Arrow = change > 0 ? ArrowUp : ArrowDown;
  return (
    <span className="inline-flex items-center gap-1">
      <Arrow className="size-3.5!" />
      {Math.abs(change).toLocaleString("en-US")}% {change > 0 ? "more" : "less"}
    </span>
  );
}

type TableProps = { readonly columns: readonly PairedSales[]; readonly currency: string };

const isQuiet = (sales: Sales, before: Sales) =>
  [sales.orders, sales.grossAmount, sales.refundedAmount, netAmount(before)].every((number) => number === 0);

const nameQuiet = (count: number, size: Bucket["size"]) =>
  `${count} ${size}${count === 1 ? "" : "s"} without a sale, now and before, ${count === 1 ? "is" : "are"} left out.`;

/** The numbers of the chart. On a phone, where each row is a card, those without any are counted and left out. */
export function SalesTable({ columns, currency }: TableProps) {
  const total = addSales(columns.map(({ sales }) => sales));
  const totalBefore = addSales(columns.map(({ before }) => before));
  const quiet = columns.filter(({ sales, before }) => isQuiet(sales, before)).length;
  return (
    // Eight columns of large amounts are wider than a small screen.
    <div {...scrollable("Sales over time")} className="overflow-x-auto">
      <Table caption={`Sales over time in ${currency.toUpperCase()}`}>
        <thead>
          <tr>
            <Th>When</Th>
            <Th align="right">Orders</Th>
            <Th align="right">Gross</Th>
            <Th align="right">Tax in it</Th>
            <Th align="right">Refunds</Th>
            <Th align="right">Lost to disputes</Th>
            <Th align="right">Net, incl. tax</Th>
            <Th align="right">Period before</Th>
          </tr>
        </thead>
        <tbody>
          {columns.map(({ bucket, sales, before }) => (
            <Numbers
              key={bucket.from}
              name={nameBucket(bucket)}
              sales={sales}
              before={before}
              currency={currency}
            />
          ))}
          {quiet > 0 ? (
            <tr className="md:hidden">
              <Td className="text-left! text-ink-muted">
                {nameQuiet(quiet, columns[0]?.bucket.size ?? "day")}
              </Td>
            </tr>
          ) : null}
          <Numbers name="Total" sales={total} before={totalBefore} currency={currency} />
        </tbody>
      </Table>
    </div>
  );
}

type NumbersProps = {
  readonly name: string;
  readonly sales: Sales;
  readonly before: Sales;
  readonly currency: string;
};

function Numbers({ name, sales, before, currency }: NumbersProps) {
  const isTotal = name === "Total";
  return (
    <tr className={clsx(isTotal ? "font-semibold" : isQuiet(sales, before) && "max-md:hidden")}>
      <Td lead className="whitespace-nowrap">
        {name}
      </Td>
      <Td label="Orders" align="right" className="tabular-nums">
        {sales.orders.toLocaleString("en-US")}
      </Td>
      <Td label="Gross" align="right">
        <Money amount={sales.grossAmount} currency={currency} />
      </Td>
      <Td label="Tax in it" align="right">
        <Money amount={sales.taxAmount} currency={currency} />
      </Td>
      <Td label="Refunds" align="right">
        <Money amount={lowering(sales.refundedAmount)} currency={currency} />
      </Td>
      <Td label="Lost to disputes" align="right">
        <Money amount={lowering(sales.lostAmount)} currency={currency} />
      </Td>
      <Td label="Net, incl. tax" align="right" className="font-semibold">
        <Money amount={netAmount(sales)} currency={currency} />
      </Td>
      <Td label="Period before" align="right">
        <Money amount={netAmount(before)} currency={currency} />
      </Td>
    </tr>
  );
}

/** With its minus; nothing has none. */
const lowering = (amount: number) => (amount === 0 ? 0 : -amount);

type SlicesProps = {
  readonly by: Dimension;
  readonly slices: readonly Slice[];
  readonly currency: string;
  readonly aside: ReactNode;
};

/** Rows that stand open; a page with hundreds of courses and codes is not read. */
const SHOWN = 15;

/** What a return of tax is made from. */
const hasTax = (by: Dimension) => by === "country";
/** Two more columns are as wide as two tables. */
const widthOf = (by: Dimension) => (hasTax(by) ? "xl:col-span-2" : "");

const titleOf = (by: Dimension) => `By ${DIMENSION_NAMES[by].toLowerCase()}`;

/** What was paid by one property, the most first, with a bar for its share. */
export function SlicePanel({ by, slices, currency, aside }: SlicesProps) {
  const most = Math.max(1, ...slices.map(({ paidAmount }) => paidAmount));
  const id = `by-${by}`;
  const more = slices.slice(SHOWN);
  const table = (caption: string, rows: readonly Slice[]) => (
    <SliceTable by={by} caption={caption} slices={rows} most={most} currency={currency} />
  );
  const caption = `Paid ${titleOf(by).toLowerCase()}, the most first`;
  return (
    <Panel as="section" aria-labelledby={id} className={`overflow-hidden ${widthOf(by)}`}>
      <PanelHead id={id} title={titleOf(by)} aside={aside} />
      {table(caption, slices.slice(0, SHOWN))}
      {more.length > 0 ? (
        <div className="border-t border-hairline px-5 lg:px-6">
          <Disclosure summary={`The next ${more.length}`}>
            <div className="-mx-5 lg:-mx-6">{table(`${caption}, continued`, more)}</div>
          </Disclosure>
        </div>
      ) : null}
    </Panel>
  );
}

/** Stands in its place while it is added up. */
export function SliceSkeleton({ by }: { readonly by: Dimension }) {
  return (
    <Panel className={widthOf(by)}>
      <PanelHead title={titleOf(by)} />
      <Loading label={`Loading: ${titleOf(by)}`}>
        <Skeleton className="m-5 h-40" />
      </Loading>
    </Panel>
  );
}

type SliceTableProps = Omit<SlicesProps, "aside"> & { readonly caption: string; readonly most: number };

function SliceTable({ by, caption, slices, most, currency }: SliceTableProps) {
  const withTax = hasTax(by);
  return (
    <Table caption={caption}>
      <thead>
        <tr>
          <Th>{DIMENSION_NAMES[by]}</Th>
          <Th align="right">{by === "course" || by === "type" ? "Sold" : "Orders"}</Th>
          <Th align="right">Paid</Th>
          {withTax ? <Th align="right">Tax in it</Th> : null}
          {withTax ? <Th align="right">Without tax</Th> : null}
          <Th align="right">Given back or lost</Th>
        </tr>
      </thead>
      <tbody>
        {slices.map((slice) => (
          <tr key={slice.name}>
            <Td lead className="min-w-40">
              <span className="block wrap-anywhere">{slice.name}</span>
              <ShareBar share={slice.paidAmount / most} />
            </Td>
            <Td label="Sold" align="right" className="tabular-nums">
              {slice.sold.toLocaleString("en-US")}
            </Td>
            <Td label="Paid" align="right" className="font-semibold">
              <Money amount={slice.paidAmount} currency={currency} />
            </Td>
            {withTax ? (
              <>
                <Td label="Tax in it" align="right">
                  <Money amount={slice.taxAmount} currency={currency} />
                </Td>
                <Td label="Without tax" align="right">
                  <Money amount={slice.paidAmount - slice.taxAmount} currency={currency} />
                </Td>
              </>
            ) : null}
            <Td label="Given back or lost" align="right">
              <Money amount={slice.refundedAmount + slice.lostAmount} currency={currency} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
