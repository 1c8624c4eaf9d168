import type { Metadata } from "next";
import type { ReactNode } from "react";
import { CouponLink } from "@/components/catalog/coupon-link";
import { SiteFrame } from "@/components/layout/site-frame";

export const metadata: Metadata = { robots: { index: false } };

export default function SharedWishlistLayout({ children }: { readonly children: ReactNode }) {
  return (
    <SiteFrame footer="slim">
      <CouponLink />
      {children}
    </SiteFrame>
  );
}
