"use client";

import { useEffect, useSyncExternalStore } from "react";
import type { Preferences } from "./preferences";

/** One course in the cart, as the header's mini-cart shows it. Amounts in minor units. */
export type ViewerLine = {
  readonly slug: string;
  readonly title: string;
  readonly priceAmount: number;
  readonly currency: string;
  readonly type: string;
};

/** What `GET /api/viewer` says about the reader. Public pages are static; this is all that is personal on them. */
export type Viewer = {
  readonly user:
    | (Preferences & {
        readonly name: string;
        readonly role: string;
        readonly avatar: number;
        /** Names them in this browser's store, and tells nothing about them. */
        readonly account: string;
      })
    | null;
  readonly cart: {
    readonly count: number;
    readonly totalAmount: number;
    readonly discount: { readonly code: string; readonly amount: number } | null;
    readonly currency: string;
    readonly lines: readonly ViewerLine[];
  };
  /** Slugs of the courses this reader can open. */
  readonly owned: readonly string[];
  /** Slugs of the courses in the cart. */
  readonly inCart: readonly string[];
  /** Slugs of the courses on the wishlist. */
  readonly wished: readonly string[];
};

/** `pending`: not asked yet, or on its way. `ready`: known, also when it is a stranger. */
export type ViewerState = { readonly status: "pending" | "ready"; readonly viewer: Viewer };

const stranger: Viewer = {
  user: null,
  cart: { count: 0, totalAmount: 0, discount: null, currency: "usd", lines: [] },
  owned: [],
  inCart: [],
  wished: [],
};
const unasked: ViewerState = { status: "pending", viewer: stranger };

let state = unasked;
let lastAsked = 0;
let running: AbortController | null = null;
const listeners = new Set<() => void>();

function publish(next: ViewerState) {
  state = next;
  for (const listener of listeners) listener();
}

/** The readable hint that a session or a cart exists. Without it nothing is fetched. */
function isKnown(): boolean {
  return /(?:^|; )lectern_viewer=1(?:;|$)/.test(document.cookie);
}

function isViewer(body: unknown): body is Viewer {
  return (
    typeof body === "object" &&
    body !== null &&
    "user" in body &&
    "cart" in body &&
    "owned" in body &&
    "inCart" in body &&
    "wished" in body
  );
}

/**
 * Asks again who is reading and what is in the cart. Call it after an action that changed either; a later call
 * replaces an earlier one. When the answer does not come, what was known stays.
 */
export async function refreshViewer(): Promise<void> {
  running?.abort();
  if (!isKnown()) {
    publish({ status: "ready", viewer: stranger });
    forgetOthers(null);
    return;
  }
  const request = new AbortController();
  running = request;
  lastAsked = Date.now();
  try {
    const response = await fetch("/api/viewer", { cache: "no-store", signal: request.signal });
    const body: unknown = response.ok ? await response.json() : null;
    publish({ status: "ready", viewer: isViewer(body) ? body : state.viewer });
    if (isViewer(body)) forgetOthers(body.user?.account ?? null);
  } catch {
    if (!request.signal.aborted) publish({ status: "ready", viewer: state.viewer });
  }
}

/** Lessons kept in this browser are of one person; loaded only where there are any. */
function forgetOthers(account: string | null): void {
  try {
    const kept = localStorage.getItem("lectern:account");
    if (kept && kept !== account) void import("@/components/offline/forget").then((m) => m.keepFor(account));
  } catch {
    // No storage, so nothing is kept.
  }
}

const restBetween = 2000;

/** Back on this tab, or back by the browser's history: another tab may have bought or signed out. */
function refreshWhenBack() {
  if (document.visibilityState === "visible" && Date.now() - lastAsked > restBetween) void refreshViewer();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) {
    addEventListener("focus", refreshWhenBack);
    addEventListener("pageshow", refreshWhenBack);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      removeEventListener("focus", refreshWhenBack);
      removeEventListener("pageshow", refreshWhenBack);
    }
  };
}

/** The reader, shared by every island of the page: one state, asked for by the header. On the server it is always pending. */
export function useViewer(): ViewerState {
  return useSyncExternalStore(
    subscribe,
    () => state,
    () => unasked,
  );
}

/**
 * The same for the header, which asks whenever it comes: signing in and out lead, without a new document, to a page
 * with a header of its own.
 */
export function useFreshViewer(): ViewerState {
  useEffect(() => void refreshViewer(), []);
  return useViewer();
}
