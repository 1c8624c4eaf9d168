import { Copy } from "lucide-react";
import type { Metadata, Route } from "next";
import { notFound } from "next/navigation";
import { CouponStateBadge } from "@/components/admin/coupon-state-badge";
import { CouponUse } from "@/components/admin/coupon-use";
import { EditCouponForm } from "@/components/admin/edit-coupon-form";
import { SwitchCoupon } from "@/components/admin/switch-coupon";
import { PageHead } from "@/components/layout/page";
import { ButtonLink } from "@/components/ui/button";
import { DateTime } from "@/components/ui/date-time";
import { BackLink } from "@/components/ui/link-button";
import { describeTerms } from "@/lib/campaigns/describe-terms";
import { type CouponDetails, findCoupon, listChoices } from "@/lib/campaigns/queries";
import { fieldsOf } from "@/lib/campaigns/terms-fields";
import type { ExampleCourse } from "@/lib/campaigns/try-on-cart";
import { couponCode } from "@/lib/coupons/schema";
import { env } from "@/lib/env";
import { requirePermission } from "@/lib/identity/session";
import { roleMay } from "@/lib/permissions";

export const metadata: Metadata = { title: "Coupon" };

/** One code: what it brought, and its terms to change. */
export default async function CouponPage({ params }: PageProps<"/admin/coupons/[code]">) {
  const staff = await requirePermission("coupons.see");
  const code = couponCode.safeParse(decodeURIComponent((await params).code));
  const coupon = code.success ? await findCoupon(staff.userId, code.data) : null;
  if (!coupon) notFound();
  const choices = await listChoices(staff.userId, coupon.specificCourseIds ?? []);
  const mayEdit = roleMay(staff.role, "coupons.edit");
  return (
    <>
      <PageHead
        back={<BackLink href="/admin/coupons">All coupons</BackLink>}
        title={coupon.code}
        lead={<MadeBy coupon={coupon} />}
        aside={
          <div className="flex flex-wrap items-center gap-3">
            <CouponStateBadge state={coupon.state} />
            {mayEdit ? (
              <>
                <ButtonLink href={`/admin/coupons/new?from=${encodeURIComponent(coupon.code)}` as Route}>
                  <Copy />
                  Duplicate
                </ButtonLink>
                <SwitchCoupon code={coupon.code} version={coupon.version} isActive={coupon.isActive} />
              </>
            ) : null}
          </div>
        }
      />
      <CouponUse coupon={coupon} />
      {mayEdit ? (
        <EditCouponForm
          initial={fieldsOf(coupon, env().STORE_CURRENCY)}
          choices={choices}
          now={new Date()}
          code={coupon.code}
          version={coupon.version}
          timesUsed={coupon.timesUsed}
          isActive={coupon.isActive}
        />
      ) : (
        <Terms coupon={coupon} choices={choices} />
      )}
    </>
  );
}

function MadeBy({ coupon }: { readonly coupon: CouponDetails }) {
  return (
    <>
      Made on <DateTime at={coupon.createdAt} format="date" />
      {coupon.createdBy ? ` by ${coupon.createdBy}` : null}
      {coupon.batch ? `, in the batch “${coupon.batch.description}”` : null}
    </>
  );
}

function Terms({
  coupon,
  choices,
}: {
  readonly coupon: CouponDetails;
  readonly choices: readonly ExampleCourse[];
}) {
  const titles = new Map(choices.map((one) => [one.courseId, one.title]));
  return (
    <section aria-labelledby="terms">
      <h2 id="terms" className="mb-3 text-lg">
        What it does
      </h2>
      <ul className="grid gap-1 text-ink-soft">
        {describeTerms(coupon, titles).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}
