import type { Route } from "next";
import { DateTime } from "@/components/ui/date-time";
import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import { Table, Td, Th, TwoLines } from "@/components/ui/table";
import { describeDiscount } from "@/lib/campaigns/describe-terms";
import type { BatchRow, CouponRow } from "@/lib/campaigns/queries";
import { CouponStateBadge } from "./coupon-state-badge";

const lead = "font-medium max-md:inline-flex max-md:min-h-target max-md:items-center";

/** Codes, newest first; on phones a card for each. */
export function CouponTable({ coupons }: { readonly coupons: readonly CouponRow[] }) {
  return (
    <Panel className="overflow-hidden">
      <Table caption="Coupons, newest first">
        <thead>
          <tr>
            <Th>Code</Th>
            <Th>Discount</Th>
            <Th>Ends</Th>
            <Th align="right">Used</Th>
            <Th>State</Th>
          </tr>
        </thead>
        <tbody>
          {coupons.map((coupon) => (
            <tr key={coupon.code}>
              <Td lead>
                <TwoLines small={coupon.description}>
                  <Link
                    href={`/admin/coupons/${encodeURIComponent(coupon.code)}` as Route}
                    prefetch={false}
                    className={lead}
                  >
                    {coupon.code}
                  </Link>
                </TwoLines>
              </Td>
              <Td label="Discount">{describeDiscount(coupon)}</Td>
              <Td label="Ends" className="text-ink-soft tabular-nums">
                {coupon.validUntil ? <DateTime at={coupon.validUntil} format="short" /> : "Never"}
              </Td>
              <Td label="Used" align="right" className="tabular-nums">
                {coupon.maxUses === null
                  ? coupon.timesUsed.toLocaleString("en-US")
                  : `${coupon.timesUsed.toLocaleString("en-US")} of ${coupon.maxUses.toLocaleString("en-US")}`}
              </Td>
              <Td label="State">
                <CouponStateBadge state={coupon.state} />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

/** Batches of single-use codes, newest first. */
export function BatchTable({ batches }: { readonly batches: readonly BatchRow[] }) {
  return (
    <Panel className="overflow-hidden">
      <Table caption="Batches of codes, newest first">
        <thead>
          <tr>
            <Th>For what</Th>
            <Th>Made</Th>
            <Th align="right">Used</Th>
            <Th align="right">Off</Th>
          </tr>
        </thead>
        <tbody>
          {batches.map((batch) => (
            <tr key={batch.id}>
              <Td lead>
                <TwoLines small={batch.createdBy ?? "An account that is gone"}>
                  <Link href={`/admin/coupons?batch=${batch.id}` as Route} prefetch={false} className={lead}>
                    {batch.description}
                  </Link>
                </TwoLines>
              </Td>
              <Td label="Made" className="text-ink-soft tabular-nums">
                <DateTime at={batch.createdAt} format="short" />
              </Td>
              <Td label="Used" align="right" className="tabular-nums">
                {batch.used.toLocaleString("en-US")} of {batch.size.toLocaleString("en-US")}
              </Td>
              <Td label="Off" align="right" className="tabular-nums">
                {batch.switchedOff.toLocaleString("en-US")}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}
