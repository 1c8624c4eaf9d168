import type { Metadata } from "next";
import type { ReactNode } from "react";
import { UnverifiedNotice } from "@/components/identity/unverified-notice";
import { AccountNav } from "@/components/layout/account-nav";
import { Shell } from "@/components/layout/page";
import { SiteFrame } from "@/components/layout/site-frame";

export const metadata: Metadata = { robots: { index: false } };

/** Looks only. Every page and query beneath asks for the viewer by itself. */
export default function AccountLayout({ children }: { readonly children: ReactNode }) {
  return (
    <SiteFrame footer="slim">
      <Shell nav={<AccountNav />}>
        <UnverifiedNotice />
        {children}
      </Shell>
    </SiteFrame>
  );
}
