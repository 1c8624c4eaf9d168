import type { Metadata } from "next";
import type { ReactNode } from "react";
import { CouponLink } from "@/components/catalog/coupon-link";
import { SiteFrame } from "@/components/layout/site-frame";

/** The address is the key: it goes to no other site. */
export const metadata: Metadata = { robots: { index: false, follow: false }, referrer: "same-origin" };

export default function GiftLayout({ children }: { readonly children: ReactNode }) {
  return (
    <SiteFrame footer="slim">
      <CouponLink />
      {children}
    </SiteFrame>
  );
}
