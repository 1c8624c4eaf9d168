import { Heart, Menu, ShoppingBag, SunMoon } from "lucide-react";
import type { Route } from "next";
import { ButtonLink } from "@/components/ui/button";
import { IconLink } from "@/components/ui/icon-button";
import { Link } from "@/components/ui/link";
import { Logo } from "./logo";
import { menuItem } from "./menu-item";
import { NavLink } from "./nav-link";
import { PhoneMenu } from "./phone-menu";
import { ThemeSwitch } from "./theme-switch";
import { AccountMenu, CartLink, MenuAccountLinks } from "./viewer";

const pages = [
  { href: "/courses", label: "Courses" },
  { href: "/pricing", label: "Pricing" },
] as const satisfies readonly { href: Route; label: string }[];

const navLink =
  "inline-flex min-h-target items-center rounded-md px-3 text-sm font-medium text-ink-soft no-underline hover:bg-sunken hover:text-ink aria-[current]:rounded-none aria-[current]:text-ink aria-[current]:shadow-[inset_0_-2px_0_var(--color-accent)]";

/**
 * The same static bytes for everybody: the signed-out header, whose links work without scripts.
 * Count, name and menu are filled in by the islands of viewer.tsx.
 */
export function SiteHeader() {
  return (
    <header className="sticky top-0 z-header border-b border-hairline bg-paper print:hidden">
      <div className="mx-auto flex h-16 w-full max-w-[calc(var(--container-page)+2*var(--spacing-gutter))] items-center px-gutter lg:h-18">
        <Link href="/" prefetch={false} className="-ml-[3px] inline-flex min-h-target items-center">
          <Logo />
        </Link>
        <nav aria-label="Main" className="ml-8 hidden gap-1 lg:flex">
          {pages.map(({ href, label }) => (
            <NavLink key={href} href={href} className={navLink}>
              {label}
            </NavLink>
          ))}
        </nav>
        <div className="-mr-[11px] ml-auto flex items-center lg:mr-0 lg:gap-1">
          <span className="max-lg:hidden">
            <ThemeSwitch icon={<SunMoon />} />
          </span>
          <IconLink href="/account/wishlist" label="Wishlist" prefetch={false}>
            <Heart />
          </IconLink>
          <CartLink>
            <ShoppingBag />
          </CartLink>
          <AccountMenu>
            <ButtonLink href="/sign-in" prefetch={false} data-returns="" className="max-lg:hidden!">
              Sign in
            </ButtonLink>
          </AccountMenu>
          <PhoneMenu icon={<Menu />}>
            {pages.map(({ href, label }) => (
              <Link key={href} href={href} className={menuItem}>
                {label}
              </Link>
            ))}
            <MenuAccountLinks>
              <Link href="/sign-in" prefetch={false} data-returns="" className={menuItem}>
                Sign in
              </Link>
            </MenuAccountLinks>
            <div className="mt-1 grid border-t border-hairline pt-1" data-needs-script>
              <ThemeSwitch icon={<SunMoon className="size-4.5!" />} inMenu />
            </div>
          </PhoneMenu>
        </div>
      </div>
    </header>
  );
}
