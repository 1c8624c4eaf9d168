import type { Route } from "next";
import { MoreLink } from "@/components/ui/link-button";
import { Money } from "@/components/ui/money";
import { Panel } from "@/components/ui/panel";
import { Table, Td, Th } from "@/components/ui/table";
import type { CouponDetails } from "@/lib/campaigns/queries";

/** How often a code was used, and what the orders with it brought: a row for each currency, never added up. */
export function CouponUse({ coupon }: { readonly coupon: CouponDetails }) {
  return (
    <section aria-labelledby="use" className="mb-8">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 id="use" className="text-lg">
          Use
        </h2>
        <MoreLink href={`/admin/orders?coupon=${encodeURIComponent(coupon.code)}` as Route}>
          Orders with it
        </MoreLink>
      </div>
      <p className="mb-3 text-sm text-ink-soft">{describeUse(coupon)}</p>
      {coupon.revenue.length > 0 ? (
        <Panel className="overflow-hidden">
          <Table caption="What the orders with this code brought, by currency">
            <thead>
              <tr>
                <Th>Currency</Th>
                <Th align="right">Paid orders</Th>
                <Th align="right">Taken off</Th>
                <Th align="right">Paid</Th>
                <Th align="right">Given back</Th>
              </tr>
            </thead>
            <tbody>
              {coupon.revenue.map((row) => (
                <tr key={row.currency}>
                  <Td lead>{row.currency.toUpperCase()}</Td>
                  <Td label="Paid orders" align="right" className="tabular-nums">
                    {row.orders.toLocaleString("en-US")}
                  </Td>
                  <Td label="Taken off" align="right">
                    <Money amount={row.discountAmount} currency={row.currency} />
                  </Td>
                  <Td label="Paid" align="right" className="font-semibold">
                    <Money amount={row.totalAmount} currency={row.currency} />
                  </Td>
                  <Td label="Given back" align="right">
                    <Money amount={row.refundedAmount} currency={row.currency} />
                  </Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </Panel>
      ) : null}
    </section>
  );
}

function describeUse({ timesUsed, maxUses, reserved }: CouponDetails): string {
  if (timesUsed === 0) return "Nobody has used it yet.";
  const limit = maxUses === null ? "" : ` of ${maxUses.toLocaleString("en-US")}`;
  const held =
    reserved === 0 ? "" : `; ${reserved.toLocaleString("en-US")} of these are held by open payments`;
  return `Used ${timesUsed.toLocaleString("en-US")}${limit} ${timesUsed === 1 ? "time" : "times"}${held}.`;
}
