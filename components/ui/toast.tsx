"use client";

import { lazy, Suspense, useSyncExternalStore } from "react";

/** Fetched with the first toast: most pages never show one. */
const ToastBox = lazy(() => import("./toast-box"));

export type Toast = {
  readonly message: string;
  readonly tone?: "success" | "warning";
  readonly action?: { readonly label: string; readonly run: () => void };
};

type Shown = Toast & { readonly id: number };

let shown: Shown | null = null;
let count = 0;
const listeners = new Set<() => void>();

function show(next: Shown | null) {
  shown = next;
  for (const listener of listeners) listener();
}

/** Says something in passing, for six seconds, one at a time. Never the only place of an error. */
export function showToast(toast: Toast) {
  count += 1;
  show({ ...toast, id: count });
}

function hide() {
  show(null);
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The place where toasts appear; once, in the root layout. */
export function Toaster() {
  const toast = useSyncExternalStore(
    subscribe,
    () => shown,
    () => null,
  );
  return (
    <div
      role="status"
      className="pointer-events-none fixed right-gutter bottom-[5.25rem] left-gutter z-toast lg:bottom-6 lg:left-auto lg:w-[26rem] print:hidden"
    >
      {toast ? (
        <Suspense fallback={null}>
          <ToastBox key={toast.id} toast={toast} onEnd={hide} />
        </Suspense>
      ) : null}
    </div>
  );
}
