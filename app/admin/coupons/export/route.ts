import { couponHead, couponRows } from "@/lib/campaigns/export-row";
import { recordCouponsExport } from "@/lib/campaigns/mutations";
import { exportCoupons } from "@/lib/campaigns/queries";
import { couponQuery, readCouponFilter } from "@/lib/campaigns/read-coupon-filter";
import { csvLines, csvResponse } from "@/lib/csv";
import { requirePermission } from "@/lib/identity/session";

/** The codes of a filter, or of one batch, as CSV. */
export async function GET(request: Request): Promise<Response> {
  const staff = await requirePermission("coupons.export");
  const filter = readCouponFilter(Object.fromEntries(new URL(request.url).searchParams));
  await recordCouponsExport(staff.userId, couponQuery(filter) || "all coupons");
  return csvResponse("coupons.csv", couponHead(), csvLines(exportCoupons(staff.userId, filter), couponRows));
}
