"use client";

import { LogOut } from "lucide-react";
import { useEffect, useRef } from "react";
import { useFormStatus } from "react-dom";
import { Avatar } from "@/components/identity/avatar";
import { signOutAction } from "@/lib/identity/actions";
import AccountLinks from "./account-links";
import { useClosingDetails } from "./closing-details";
import { menuItem } from "./menu-item";
import { forgetPreferences, keepPreferences } from "./preferences";
import { refreshViewer, type Viewer } from "./viewer-store";

/** The menu of somebody signed in. Who is known to nobody never fetches it. */
export default function ReaderMenu({ user }: { readonly user: NonNullable<Viewer["user"]> }) {
  const { name, role, avatar } = user;
  const details = useClosingDetails();
  useEffect(() => keepPreferences(user), [user]);
  return (
    <details ref={details} className="relative">
      <summary className="grid size-target place-items-center rounded-md hover:bg-sunken">
        <Avatar name={name} picture={avatar} className="size-8" />
        <span className="sr-only">, account of {name}</span>
      </summary>
      <div className="absolute top-[calc(100%+6px)] right-0 z-menu grid min-w-56 rounded-lg border border-hairline bg-surface p-2 shadow-raised">
        <p className="truncate px-3 pt-1 pb-2 text-xs text-ink-muted">{name}</p>
        <AccountLinks role={role} />
        <form action={signOutAction} onSubmit={forgetLessons} className="mt-1 border-t border-hairline pt-1">
          <SignOutButton />
        </form>
      </div>
    </details>
  );
}

/** Nothing of the reader stays in this browser. */
function forgetLessons(): void {
  void import("@/components/offline/forget").then(({ forgetEverything }) => forgetEverything());
}

/** Once signed out, the page that follows may keep this header: it must forget the reader then. */
function SignOutButton() {
  const { pending } = useFormStatus();
  const wasPending = useRef(false);
  useEffect(() => {
    if (wasPending.current && !pending) {
      forgetPreferences();
      void refreshViewer();
    }
    wasPending.current = pending;
  }, [pending]);
  return (
    <button type="submit" className={`${menuItem} w-full`}>
      <LogOut className="size-4.5!" />
      Sign out
    </button>
  );
}
