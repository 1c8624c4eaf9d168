import type { ReactNode } from "react";
import { SiteFooter } from "./site-footer";
import { SiteHeader } from "./site-header";
import { TestBanner } from "./test-banner";

type SiteFrameProps = { readonly footer?: "full" | "slim"; readonly children: ReactNode };

/** Test banner, header, the page's <main>, footer. For the layouts of route groups; lessons have a header of their own. */
export function SiteFrame({ footer = "full", children }: SiteFrameProps) {
  return (
    <>
      <TestBanner />
      <SiteHeader />
      <main id="main" tabIndex={-1} className="flex-1 outline-none">
        {children}
      </main>
      <SiteFooter kind={footer} />
    </>
  );
}
