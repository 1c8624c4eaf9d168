"use client";

import { startTransition, useEffect } from "react";
import { isPlain } from "@/components/layout/soft-navigation";
import { keepGiftLinkAction } from "@/lib/gifts/actions";

/** The header's way to sign in keeps the gift's link too, as the page's own buttons do, and so comes back to the gift. */
export function SignInForGift({ token }: { readonly token: string }) {
  useEffect(() => {
    const keep = (event: MouseEvent) => {
      const { target } = event;
      if (!(target instanceof Element) || !target.closest("a[data-returns]") || !isPlain(event)) return;
      event.preventDefault();
      const form = new FormData();
      form.set("token", token);
      form.set("to", "sign-in");
      startTransition(() => keepGiftLinkAction(form));
    };
    document.addEventListener("click", keep, true);
    return () => document.removeEventListener("click", keep, true);
  }, [token]);
  return null;
}
