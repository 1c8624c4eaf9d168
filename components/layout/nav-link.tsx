"use client";

import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

type NavLinkProps<T extends string> = {
  readonly href: Route<T>;
  readonly className: string;
  readonly children: ReactNode;
};

/** A link that knows whether it is the current page (`aria-current="page"`) or above it (`"true"`). */
export function NavLink<T extends string>({ href, className, children }: NavLinkProps<T>) {
  const path = usePathname();
  const current = path === href ? "page" : path.startsWith(`${href}/`) ? "true" : undefined;
  return (
    <Link href={href} aria-current={current} className={className}>
      {children}
    </Link>
  );
}
