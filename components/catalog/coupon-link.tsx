"use client";

import { usePathname } from "next/navigation";
import { useEffect } from "react";

/** The code of `?coupon=CODE`. The address forgets it at once, so that neither a reload nor a second run sends it again. */
export function takeCoupon(): string | null {
  const url = new URL(location.href);
  const code = url.searchParams.get("coupon")?.trim();
  if (!code) return null;
  url.searchParams.delete("coupon");
  history.replaceState(history.state, "", url);
  return code.toUpperCase();
}

/** Any page of the shop may be linked to with `?coupon=CODE`: the code waits in this browser until there is a cart. */
export function CouponLink() {
  const path = usePathname();
  useEffect(() => {
    const code = takeCoupon();
    if (code) void import("./keep-coupon").then(({ keepCoupon }) => keepCoupon(code, false));
  }, [path]);
  return null;
}
