import type { Metadata } from "next";
import { NewCouponForm } from "@/components/admin/coupon-forms";
import { PageHead } from "@/components/layout/page";
import { BackLink } from "@/components/ui/link-button";
import { findCoupon, listChoices } from "@/lib/campaigns/queries";
import { fieldsOf, noTerms } from "@/lib/campaigns/terms-fields";
import { couponCode } from "@/lib/coupons/schema";
import { env } from "@/lib/env";
import { requirePermission } from "@/lib/identity/session";

export const metadata: Metadata = { title: "New coupon" };

/** A new code; `?from=CODE` begins with the terms of another. */
export default async function NewCouponPage({ searchParams }: PageProps<"/admin/coupons/new">) {
  const staff = await requirePermission("coupons.edit");
  const from = couponCode.safeParse((await searchParams).from);
  const model = from.success ? await findCoupon(staff.userId, from.data) : null;
  const choices = await listChoices(staff.userId, model?.specificCourseIds ?? []);
  const currency = env().STORE_CURRENCY;
  return (
    <>
      <PageHead
        back={<BackLink href="/admin/coupons">All coupons</BackLink>}
        title={model ? `New code like ${model.code}` : "New code"}
      />
      <NewCouponForm
        initial={model ? fieldsOf(model, currency) : noTerms(currency)}
        choices={choices}
        now={new Date()}
      />
    </>
  );
}
