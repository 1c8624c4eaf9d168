"use client";

import {
  BookOpen,
  ChartColumn,
  ChevronDown,
  CreditCard,
  LayoutDashboard,
  NotebookPen,
  ReceiptText,
  Settings,
} from "lucide-react";
import type { Route } from "next";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { useClosingDetails } from "./closing-details";
import { NavLink } from "./nav-link";

type Item = { readonly href: Route; readonly label: string; readonly icon: ReactNode };

const account: readonly Item[] = [
  { href: "/account", label: "Overview", icon: <LayoutDashboard /> },
  { href: "/account/courses", label: "My courses", icon: <BookOpen /> },
  { href: "/account/progress", label: "Progress", icon: <ChartColumn /> },
  { href: "/account/notes", label: "Notes", icon: <NotebookPen /> },
  { href: "/account/orders", label: "Orders", icon: <ReceiptText /> },
  { href: "/account/billing", label: "Billing", icon: <CreditCard /> },
  { href: "/account/settings", label: "Settings", icon: <Settings /> },
];

const link =
  "flex min-h-target items-center gap-3 rounded-md px-3 text-sm font-medium text-ink-soft no-underline hover:bg-sunken hover:text-ink aria-[current]:bg-accent-tint aria-[current]:text-accent lg:min-h-10 [&_svg]:size-4.5 [&:not([aria-current])_svg]:text-ink-muted";

/** Side navigation of the account; on phones a closed menu that names the page: "Account: Orders". */
export function AccountNav() {
  const path = usePathname();
  const details = useClosingDetails();
  const current = account.findLast(({ href }) => path === href || path.startsWith(`${href}/`));
  const list = (
    <ul className="grid gap-0.5">
      {account.map(({ href, label, icon }) => (
        <li key={href}>
          <NavLink href={href} prefetch={false} exact={href === "/account"} className={link}>
            {icon}
            {label}
          </NavLink>
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
          {current ? `Account: ${current.label}` : "Account"}
          <ChevronDown className="transition-transform duration-base group-open/nav:rotate-180" />
        </summary>
        <nav aria-label="Account" className="border-t border-hairline p-2">
          {list}
        </nav>
      </details>
      <nav aria-label="Account" className="sticky top-26 -ml-3 self-start max-lg:hidden print:hidden">
        {list}
      </nav>
    </>
  );
}
