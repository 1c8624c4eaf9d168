"use client";

import { usePathname } from "next/navigation";
import { useEffect } from "react";

/** Any page of the shop may be linked to with `?coupon=CODE`: the code waits in this browser until there is a cart. */
export function CouponLink() {
  const path = usePathname();
  useEffect(() => {
    const url = new URL(location.href);
    const code = url.searchParams.get("coupon")?.trim();
    if (!code || url.pathname !== path) return;
    // The address forgets it at once, so that neither a reload nor a second run of this effect sends it again.
    url.searchParams.delete("coupon");
    history.replaceState(history.state, "", url);
    void import("./keep-coupon").then(({ keepCoupon }) => keepCoupon(code.toUpperCase()));
  }, [path]);
  return null;
}
