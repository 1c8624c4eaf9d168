"use client";

import type { Route } from "next";
import { usePathname, useRouter } from "next/navigation";
import { useEffect } from "react";
import { takeCoupon } from "@/components/catalog/coupon-link";
import { keepCoupon } from "@/components/catalog/keep-coupon";

/** The same on a page that shows the cart itself: it is read again, and says what became of the code. */
export function CartCouponLink() {
  const path = usePathname();
  const router = useRouter();
  useEffect(() => {
    const code = takeCoupon();
    if (code)
      void keepCoupon(code, true).then(() =>
        router.replace(`${location.pathname}${location.search}` as Route),
      );
  }, [path, router]);
  return null;
}
