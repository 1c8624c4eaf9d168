"use client";

import { LogOut } from "lucide-react";
import { unstable_rethrow } from "next/navigation";
import { type FormEvent, useEffect, useState, useTransition } from "react";
import { Avatar } from "@/components/identity/avatar";
import { signOut } from "@/components/offline/sign-out";
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
        <SignOut account={user.account} />
      </div>
    </details>
  );
}

/** Nothing of the reader stays in this browser once they are signed out, and nothing is lost as long as they are not. */
function SignOut({ account }: { readonly account: string }) {
  const [busy, start] = useTransition();
  const [isUnreachable, setUnreachable] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const form = new FormData(event.currentTarget);
    setUnreachable(false);
    start(async () => {
      const hasEnded = await signOut(account, () => endSession(form));
      setUnreachable(!hasEnded);
      if (!hasEnded) return;
      // The page that follows may keep this header: it must forget the reader.
      forgetPreferences();
      void refreshViewer();
    });
  };
  return (
    <form action={signOutAction} onSubmit={submit} className="mt-1 border-t border-hairline pt-1">
      <button type="submit" aria-busy={busy || undefined} className={`${menuItem} w-full`}>
        <LogOut className="size-4.5!" />
        {busy ? "Signing out" : "Sign out"}
      </button>
      {isUnreachable ? (
        <p role="alert" className="max-w-56 px-3 pt-1 pb-2 text-xs text-danger">
          You could not be signed out, since the shop cannot be reached. What waits here to be saved is kept.
          Try again once there is a network.
        </p>
      ) : null}
    </form>
  );
}

/** Signing out ends in a redirect, which travels as an error; after any other answer the session may go on. */
const endSession = (form: FormData): Promise<boolean> => signOutAction(form).then(() => false, isRedirect);

function isRedirect(error: unknown): boolean {
  try {
    unstable_rethrow(error);
    return false;
  } catch {
    return true;
  }
}
