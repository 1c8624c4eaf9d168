import type { Metadata } from "next";
import type { ReactNode } from "react";
import { Announcer } from "@/components/cart/announcer";
import { SiteFrame } from "@/components/layout/site-frame";

export const metadata: Metadata = { robots: { index: false } };

export default function BuyLayout({ children }: { readonly children: ReactNode }) {
  return (
    <SiteFrame footer="slim">
      {children}
      <Announcer />
    </SiteFrame>
  );
}
