import type { Metadata } from "next";
import type { ReactNode } from "react";
import { UnverifiedNotice } from "@/components/identity/unverified-notice";
import { AccountNav } from "@/components/layout/account-nav";
import { Shell } from "@/components/layout/page";
import { SiteFrame } from "@/components/layout/site-frame";
import { SyncZone } from "@/components/progress/sync-zone";
import { env } from "@/lib/env";
import { readReaderZone } from "@/lib/identity/reader-zone";
import { findViewer } from "@/lib/identity/session";

export const metadata: Metadata = { robots: { index: false } };

/**
 * Looks, and the zone that days are counted in; paper, which has no header, names the shop. Every page and query beneath asks
 * for the viewer by itself.
 */
export default async function AccountLayout({ children }: { readonly children: ReactNode }) {
  const viewer = await findViewer();
  const { zone, isChosen } = await readReaderZone({ timeZone: viewer?.timeZone ?? null });
  return (
    <SiteFrame footer="slim">
      <Shell nav={<AccountNav />}>
        <p className="mb-4 hidden text-sm text-ink-muted print:block">{env().STORE_NAME}</p>
        {isChosen ? null : <SyncZone known={zone} />}
        <UnverifiedNotice />
        {children}
      </Shell>
    </SiteFrame>
  );
}
