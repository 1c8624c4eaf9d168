import type { ReactNode } from "react";
import { CouponLink } from "@/components/catalog/coupon-link";
import { Container } from "@/components/layout/page";
import { SiteFrame } from "@/components/layout/site-frame";

export default function CertificatesLayout({ children }: { readonly children: ReactNode }) {
  return (
    <SiteFrame footer="slim">
      <CouponLink />
      <Container width="narrow" className="pt-8 pb-16 lg:pt-12">
        {children}
      </Container>
    </SiteFrame>
  );
}
