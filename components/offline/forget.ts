"use client";

import { PERSONAL_CACHE } from "./caches";
import { forgetSent, forgetWork } from "./local-store";

/** Whose lessons this browser keeps: a name that tells nothing about the person. */
const ACCOUNT_KEY = "lectern:account";

/**
 * Call it with whoever is looking now. When lessons of somebody else are kept, they go. `null`, nobody is signed in: what
 * has not been sent yet stays, under its owner's name, until they come back.
 */
export async function keepFor(account: string | null): Promise<void> {
  const kept = readAccount();
  if (kept === (account ?? "")) return;
  if (kept !== null) await deleteLessons();
  if (account === null) forgetSent();
  else forgetWork(account);
  writeAccount(account ?? "");
}

/** Signing out by the button: everything of everybody goes. */
export async function forgetEverything(): Promise<void> {
  forgetWork(null);
  await deleteLessons();
  writeAccount("");
}

async function deleteLessons(): Promise<void> {
  if ("caches" in globalThis) await caches.delete(PERSONAL_CACHE);
}

function readAccount(): string | null {
  try {
    return localStorage.getItem(ACCOUNT_KEY);
  } catch {
    return null;
  }
}

function writeAccount(account: string): void {
  try {
    localStorage.setItem(ACCOUNT_KEY, account);
  } catch {
    // A browser that keeps nothing has nothing to keep apart.
  }
}
