"use client";

import type { Route } from "next";
import { usePathname, useRouter } from "next/navigation";
import { useEffect } from "react";

/**
 * Any page of the shop may be linked to with `?coupon=CODE`: the code waits in this browser until there is a cart. A page
 * that shows the cart itself (`inCart`) is read again, and says what became of the code.
 */
export function CouponLink({ inCart = false }: { readonly inCart?: boolean }) {
  const path = usePathname();
  const router = useRouter();
  useEffect(() => {
    const url = new URL(location.href);
    const code = url.searchParams.get("coupon")?.trim();
    if (!code || url.pathname !== path) return;
    // The address forgets it at once, so that neither a reload nor a second run of this effect sends it again.
    url.searchParams.delete("coupon");
    history.replaceState(history.state, "", url);
    const keeping = import("./keep-coupon").then(({ keepCoupon }) => keepCoupon(code.toUpperCase(), inCart));
    if (inCart) void keeping.then(() => router.replace(`${url.pathname}${url.search}` as Route));
  }, [path, router, inCart]);
  return null;
}
