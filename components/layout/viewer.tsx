"use client";

import { lazy, type ReactNode, Suspense, useEffect } from "react";
import { Link } from "@/components/ui/link";
import { useFreshViewer, useViewer } from "./viewer-store";

const loadReaderMenu = () => import("./reader-menu");
const ReaderMenu = lazy(loadReaderMenu);
const AccountLinks = lazy(() => import("./account-links"));

/** The bag, given as `children`, with its count. It leads to the cart with and without scripts. */
export function CartLink({ children }: { readonly children: ReactNode }) {
  const { count } = useViewer().viewer.cart;
  const words = count === 1 ? "Cart, 1 course" : count > 1 ? `Cart, ${count} courses` : "Cart";
  return (
    <Link
      href="/cart"
      prefetch={false}
      aria-label={words}
      className="relative inline-grid size-target place-items-center rounded-md text-ink-soft no-underline transition-colors hover:bg-sunken hover:text-ink"
    >
      {children}
      {count > 0 ? (
        <span className="absolute top-[3px] right-px min-w-4.5 rounded-full bg-accent px-[5px] text-center text-[11px] leading-4.5 font-semibold text-accent-ink tabular-nums">
          {count}
        </span>
      ) : null}
    </Link>
  );
}

/** The way to sign in, given as `children`, or the reader's menu. As wide as the wider of both, so nothing moves. */
export function AccountMenu({ children }: { readonly children: ReactNode }) {
  const { status, viewer } = useFreshViewer();
  useEffect(() => {
    // The menu comes while /api/viewer is asked, not after it. The mark is public/theme.js's.
    if (document.documentElement.dataset.viewer === "known") void loadReaderMenu();
  }, []);
  const pending = status === "pending" ? { "data-viewer-pending": "" } : {};
  return (
    <div
      {...pending}
      className="flex justify-end max-lg:[:root[data-viewer=known]_&]:min-w-target lg:min-w-21.5"
    >
      {viewer.user ? (
        <Suspense fallback={<span className="size-target" />}>
          <ReaderMenu user={viewer.user} />
        </Suspense>
      ) : (
        children
      )}
    </div>
  );
}

/** The phone menu's lines to the reader's pages, or to signing in, given as `children`. */
export function MenuAccountLinks({ children }: { readonly children: ReactNode }) {
  const { user } = useViewer().viewer;
  if (!user) return children;
  return (
    <Suspense fallback={null}>
      <AccountLinks role={user.role} />
    </Suspense>
  );
}
