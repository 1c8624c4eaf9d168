import { stringify } from "csv-stringify/sync";
import { CSV_OPTIONS } from "@/lib/csv";
import { describeDiscount } from "./describe-terms";
import type { CouponRow } from "./queries";

const COLUMNS = ["Code", "Description", "Discount", "State", "Used", "Limit", "From", "Until"] as const;

export const couponHead = (): string => stringify([COLUMNS], CSV_OPTIONS);

export function couponRows(coupons: readonly CouponRow[]): string {
  return stringify(
    coupons.map((coupon) => [
      coupon.code,
      coupon.description,
      describeDiscount(coupon),
      coupon.state,
      coupon.timesUsed,
      coupon.maxUses ?? "",
      coupon.validFrom?.toISOString() ?? "",
      coupon.validUntil?.toISOString() ?? "",
    ]),
    CSV_OPTIONS,
  );
}
