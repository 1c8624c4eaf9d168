import type { Metadata } from "next";
import type { ReactNode } from "react";
import { UnverifiedNotice } from "@/components/identity/unverified-notice";
import { AccountNav } from "@/components/layout/account-nav";
import { Shell } from "@/components/layout/page";
import { SiteFrame } from "@/components/layout/site-frame";
import { env } from "@/lib/env";

export const metadata: Metadata = { robots: { index: false } };

/** Looks only; paper, which has no header, names the shop. Every page and query beneath asks for the viewer by itself. */
export default function AccountLayout({ children }: { readonly children: ReactNode }) {
  return (
    <SiteFrame footer="slim">
      <Shell nav={<AccountNav />}>
        <p className="mb-4 hidden text-sm text-ink-muted print:block">{env().STORE_NAME}</p>
        <UnverifiedNotice />
        {children}
      </Shell>
    </SiteFrame>
  );
}
