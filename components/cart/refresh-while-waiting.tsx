"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

const EVERY_MS = 3_000;
const FOR_MS = 3 * 60_000;

/** Asks for the page again while money is on its way; stops after three minutes. */
export function RefreshWhileWaiting() {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), EVERY_MS);
    const end = setTimeout(() => clearInterval(timer), FOR_MS);
    return () => {
      clearInterval(timer);
      clearTimeout(end);
    };
  }, [router]);
  return (
    <noscript>
      <p className="mt-3 text-sm text-ink-soft">Reload this page to see whether the payment has arrived.</p>
    </noscript>
  );
}
