import type { ReactNode } from "react";
import { CouponLink } from "@/components/catalog/coupon-link";
import { MiniCart } from "@/components/catalog/mini-cart";
import { SiteFrame } from "@/components/layout/site-frame";

/** The public pages: the same bytes for everybody, so nothing here may read a cookie. */
export default function ShopLayout({ children }: { readonly children: ReactNode }) {
  return (
    <SiteFrame footer="full">
      <CouponLink />
      <MiniCart />
      {children}
    </SiteFrame>
  );
}
