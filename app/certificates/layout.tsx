import type { ReactNode } from "react";
import { Container } from "@/components/layout/page";
import { SiteFrame } from "@/components/layout/site-frame";

export default function CertificatesLayout({ children }: { readonly children: ReactNode }) {
  return (
    <SiteFrame footer="slim">
      <Container width="narrow" className="pt-8 pb-16 lg:pt-12">
        {children}
      </Container>
    </SiteFrame>
  );
}
