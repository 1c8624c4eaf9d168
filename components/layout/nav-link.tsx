"use client";

import type { Route } from "next";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";

type NavLinkProps<T extends string> = {
  readonly href: Route<T>;
  readonly className: string;
  /** False for personal pages: fetching them ahead costs the server a visit nobody made. */
  readonly prefetch?: false;
  /** Current on its own page only: it stands above every other one. */
  readonly exact?: boolean;
  readonly children: ReactNode;
};

/** A link that knows whether it is the current page (`aria-current="page"`) or above it (`"true"`). */
export function NavLink<T extends string>({
  href,
  className,
  prefetch,
  exact = false,
  children,
}: NavLinkProps<T>) {
  const path = usePathname();
  const current = path === href ? "page" : !exact && path.startsWith(`${href}/`) ? "true" : undefined;
  return (
    <Link href={href} prefetch={prefetch} aria-current={current} className={className}>
      {children}
    </Link>
  );
}
