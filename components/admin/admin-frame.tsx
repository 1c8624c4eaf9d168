import { SunMoon } from "lucide-react";
import type { ReactNode } from "react";
import { Logo } from "@/components/layout/logo";
import { Shell } from "@/components/layout/page";
import { SiteFooter } from "@/components/layout/site-footer";
import { TestBanner } from "@/components/layout/test-banner";
import { ThemeSwitch } from "@/components/layout/theme-switch";
import { AccountMenu } from "@/components/layout/viewer";
import { Badge } from "@/components/ui/badge";
import { Link } from "@/components/ui/link";
import { AdminNav } from "./admin-nav";

type AdminFrameProps = { readonly role: "support" | "admin"; readonly children: ReactNode };

/** Header, side navigation, the page's <main>, footer: the same on every admin page. */
export function AdminFrame({ role, children }: AdminFrameProps) {
  return (
    <>
      <TestBanner />
      <header className="sticky top-0 z-header border-b border-hairline bg-paper print:hidden">
        <div className="mx-auto flex h-16 w-full max-w-[calc(var(--container-admin)+2*var(--spacing-gutter))] items-center px-gutter lg:h-18">
          <Link href="/admin" prefetch={false} className="-ml-[3px] inline-flex min-h-target items-center">
            <Logo />
          </Link>
          <Badge className="ml-4">{role === "admin" ? "Admin" : "Support"}</Badge>
          <div className="-mr-[11px] ml-auto flex items-center gap-1 lg:mr-0 lg:gap-3">
            <ThemeSwitch icon={<SunMoon />} />
            <Link
              href="/"
              prefetch={false}
              className="inline-flex min-h-target items-center text-sm font-semibold no-underline hover:underline max-sm:sr-only max-sm:focus:not-sr-only"
            >
              Go to the shop
            </Link>
            <AccountMenu>
              <span />
            </AccountMenu>
          </div>
        </div>
      </header>
      <main id="main" tabIndex={-1} className="flex-1 outline-none">
        <Shell nav={<AdminNav role={role} />} width="admin">
          {children}
        </Shell>
      </main>
      <SiteFooter kind="slim" />
    </>
  );
}
