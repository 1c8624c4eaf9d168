"use client";

import { clsx } from "clsx";
import { LogOut, ShoppingBag } from "lucide-react";
import Link from "next/link";
import { useEffect, useRef } from "react";
import { useFormStatus } from "react-dom";
import { buttonClass } from "@/components/ui/button-class";
import { signOutAction } from "@/lib/identity/actions";
import { useClosingDetails } from "./closing-details";
import { menuItem } from "./menu-item";
import { refreshViewer, useFreshViewer, useViewer } from "./viewer-store";

export { refreshViewer, useViewer } from "./viewer-store";

/** The bag with its count. It leads to the cart with and without scripts. */
export function CartLink() {
  const { count } = useViewer().viewer.cart;
  const words = count === 1 ? "Cart, 1 course" : count > 1 ? `Cart, ${count} courses` : "Cart";
  return (
    <Link
      href="/cart"
      prefetch={false}
      aria-label={words}
      className="relative inline-grid size-target place-items-center rounded-md text-ink-soft no-underline transition-colors hover:bg-sunken hover:text-ink"
    >
      <ShoppingBag />
      {count > 0 ? (
        <span className="absolute top-[3px] right-px min-w-4.5 rounded-full bg-accent px-[5px] text-center text-[11px] leading-4.5 font-semibold text-accent-ink tabular-nums">
          {count}
        </span>
      ) : null}
    </Link>
  );
}

/** "Sign in", or the reader's menu. As wide as the longer of both, so nothing moves. */
export function AccountMenu() {
  const { status, viewer } = useFreshViewer();
  const pending = status === "pending" ? { "data-viewer-pending": "" } : {};
  return (
    <div
      {...pending}
      className="flex justify-end max-lg:[:root[data-viewer=known]_&]:min-w-target lg:min-w-21.5"
    >
      {viewer.user ? (
        <ReaderMenu name={viewer.user.name} role={viewer.user.role} />
      ) : (
        <Link
          href="/sign-in"
          prefetch={false}
          className={buttonClass({ variant: "secondary" }, "max-lg:hidden!")}
        >
          Sign in
        </Link>
      )}
    </div>
  );
}

/** Up to two letters for the round mark: "Mira Vale" is MV. */
function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words.at(0), words.length > 1 ? words.at(-1) : undefined].map(
    (word) => word?.match(/\p{L}|\p{N}/u)?.[0] ?? "",
  );
  return letters.join("").toUpperCase() || "·";
}

function AdminLink() {
  return (
    <Link href="/admin" prefetch={false} className={menuItem}>
      Admin
    </Link>
  );
}

function ReaderMenu({ name, role }: { readonly name: string; readonly role: string }) {
  const details = useClosingDetails();
  return (
    <details ref={details} className="relative">
      <summary className="grid size-target place-items-center rounded-md hover:bg-sunken">
        <span className="grid size-8 place-items-center rounded-full border border-accent-line bg-accent-tint text-2xs leading-none font-semibold text-accent">
          {initials(name)}
        </span>
        <span className="sr-only">, account of {name}</span>
      </summary>
      <div className="absolute top-[calc(100%+6px)] right-0 z-menu grid min-w-56 rounded-lg border border-hairline bg-surface p-2 shadow-raised">
        <p className="truncate px-3 pt-1 pb-2 text-xs text-ink-muted">{name}</p>
        <Link href="/account/courses" prefetch={false} className={menuItem}>
          My courses
        </Link>
        <Link href="/account/orders" prefetch={false} className={menuItem}>
          Orders
        </Link>
        {role === "admin" ? <AdminLink /> : null}
        <form action={signOutAction} className="mt-1 border-t border-hairline pt-1">
          <SignOutButton />
        </form>
      </div>
    </details>
  );
}

/** Once signed out, the page that follows may keep this header: it must forget the reader then. */
function SignOutButton() {
  const { pending } = useFormStatus();
  const wasPending = useRef(false);
  useEffect(() => {
    if (wasPending.current && !pending) void refreshViewer();
    wasPending.current = pending;
  }, [pending]);
  return (
    <button type="submit" className={clsx(menuItem, "w-full")}>
      <LogOut className="size-4.5!" />
      Sign out
    </button>
  );
}

/** Two of the phone menu's lines: to the reader's pages, or to signing in. */
export function MenuAccountLinks() {
  const { user } = useViewer().viewer;
  if (user) {
    return (
      <>
        <Link href="/account/courses" prefetch={false} className={menuItem}>
          My courses
        </Link>
        <Link href="/account/orders" prefetch={false} className={menuItem}>
          Orders
        </Link>
        {user.role === "admin" ? <AdminLink /> : null}
      </>
    );
  }
  return (
    <Link href="/sign-in" prefetch={false} className={menuItem}>
      Sign in
    </Link>
  );
}
