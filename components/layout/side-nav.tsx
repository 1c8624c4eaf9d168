"use client";

import { ChevronDown } from "lucide-react";
import type { Route } from "next";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";
import { useClosingDetails } from "./closing-details";

export type SideNavItem = {
  readonly href: Route;
  readonly label: string;
  readonly icon: ReactNode;
  /** Current only on its own page, not on those beneath: "Overview". */
  readonly exact?: boolean;
  /** A page elsewhere that belongs to it. */
  readonly also?: Route;
};

type SideNavProps = {
  /** Names the navigation: "Account", "Admin". */
  readonly label: string;
  readonly items: readonly SideNavItem[];
};

const link =
  "flex min-h-target items-center gap-3 rounded-md px-3 text-sm font-medium text-ink-soft no-underline hover:bg-sunken hover:text-ink aria-[current]:bg-accent-tint aria-[current]:text-accent lg:min-h-10 [&_svg]:size-4.5 [&:not([aria-current])_svg]:text-ink-muted";

/** Navigation at the side of inner pages; on phones a closed menu that names the page: "Account: Orders". */
export function SideNav({ label, items }: SideNavProps) {
  const path = usePathname();
  const details = useClosingDetails();
  const isCurrent = ({ href, exact = false, also }: SideNavItem) =>
    path === href || path === also || (!exact && path.startsWith(`${href}/`));
  const current = items.find(isCurrent);
  const list = (
    <ul className="grid gap-0.5">
      {items.map((item) => (
        <li key={item.href}>
          <Link
            href={item.href}
            prefetch={false}
            aria-current={path === item.href ? "page" : isCurrent(item) ? "true" : undefined}
            className={link}
          >
            {item.icon}
            {item.label}
          </Link>
        </li>
      ))}
    </ul>
  );
  return (
    <>
      <details
        ref={details}
        className="group/nav mb-6 rounded-md border border-hairline-strong bg-surface lg:hidden print:hidden"
      >
        <summary className="flex min-h-12 items-center justify-between px-4 text-sm font-medium">
          {current ? `${label}: ${current.label}` : label}
          <ChevronDown className="transition-transform duration-base group-open/nav:rotate-180" />
        </summary>
        <nav aria-label={label} className="border-t border-hairline p-2">
          {list}
        </nav>
      </details>
      <nav aria-label={label} className="sticky top-26 -ml-3 self-start max-lg:hidden print:hidden">
        {list}
      </nav>
    </>
  );
}
