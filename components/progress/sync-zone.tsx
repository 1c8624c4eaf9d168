"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { ZONE_COOKIE } from "@/lib/identity/zone";

const YEAR_MS = 31_536_000_000;

/** Tells the shop the reader's time zone once, and again when they travel: days are counted in it, and in UTC until then. */
export function SyncZone({ known }: { readonly known: string }) {
  const router = useRouter();
  useEffect(() => {
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
    // Old browsers and unencrypted addresses have no cookie store: days are then counted in UTC.
    if (!here || here === known || !("cookieStore" in window)) return;
    const tell = async () => {
      const kept = await cookieStore.get(ZONE_COOKIE);
      if (kept?.value === here) return;
      await cookieStore.set({
        name: ZONE_COOKIE,
        value: here,
        path: "/",
        sameSite: "lax",
        expires: Date.now() + YEAR_MS,
      });
      router.refresh();
    };
    void tell();
  }, [known, router]);
  return null;
}
