import type { Metadata } from "next";
import type { ReactNode } from "react";
import { Container } from "@/components/layout/page";
import { SiteFrame } from "@/components/layout/site-frame";

export const metadata: Metadata = { robots: { index: false } };

/** Looks only. Every page and query beneath asks for an admin by itself. */
export default function AdminLayout({ children }: { readonly children: ReactNode }) {
  return (
    <SiteFrame footer="slim">
      <Container width="admin" className="pt-8 lg:pt-10">
        {children}
      </Container>
    </SiteFrame>
  );
}
