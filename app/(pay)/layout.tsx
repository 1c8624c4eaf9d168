import type { Metadata } from "next";
import type { ReactNode } from "react";
import { Container } from "@/components/layout/page";
import { PlainHeader } from "@/components/layout/plain-header";
import { TestBanner } from "@/components/layout/test-banner";

export const metadata: Metadata = { robots: { index: false } };

/**
 * Around the one page that lets in a script of the payment provider. Its links load a new document, so that no other page
 * inherits its looser policy.
 */
export default function PayLayout({ children }: { readonly children: ReactNode }) {
  return (
    <>
      <TestBanner />
      <PlainHeader>
        <a href="/checkout/cancel" className="ml-auto inline-flex min-h-target items-center text-sm">
          Back to the cart
        </a>
      </PlainHeader>
      <main id="main" tabIndex={-1} className="flex-1 outline-none">
        <Container className="py-8 lg:py-12">{children}</Container>
      </main>
    </>
  );
}
