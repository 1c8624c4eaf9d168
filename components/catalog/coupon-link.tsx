"use client";

import { usePathname } from "next/navigation";
import { useEffect } from "react";
import { refreshViewer } from "@/components/layout/viewer";
import { showToast } from "@/components/ui/toast";

/** The code that is on its way or done; effects may run twice. */
let sent: string | null = null;

async function keepCoupon(code: string): Promise<void> {
  const response = await fetch("/api/coupon", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ code }),
  });
  if (response.status === 429) {
    showToast({
      tone: "warning",
      message: "Too many codes were tried. Wait a few minutes, then open the link again.",
    });
  } else if (response.ok) {
    showToast({ message: `The code ${code} is kept for your cart.` });
    await refreshViewer();
  }
}

/** Any page of the shop may be linked to with `?coupon=CODE`: the code waits in this browser until there is a cart. */
export function CouponLink() {
  const path = usePathname();
  useEffect(() => {
    const url = new URL(location.href);
    const code = url.searchParams.get("coupon")?.trim();
    if (!code || url.pathname !== path || sent === code) return;
    sent = code;
    url.searchParams.delete("coupon");
    history.replaceState(history.state, "", url);
    keepCoupon(code.toUpperCase()).catch(() => {
      sent = null;
    });
  }, [path]);
  return null;
}
