"use client";

import { clsx } from "clsx";
import { Check, Info } from "lucide-react";
import { useEffect, useRef, useSyncExternalStore } from "react";
import { Button } from "./button";

export type Toast = {
  readonly message: string;
  readonly tone?: "success" | "warning";
  readonly action?: { readonly label: string; readonly run: () => void };
};

type Shown = Toast & { readonly id: number };

const visibleFor = 6000;
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
      {toast ? <ToastBox key={toast.id} toast={toast} /> : null}
    </div>
  );
}

function ToastBox({ toast }: { readonly toast: Shown }) {
  const box = useRef<HTMLDivElement>(null);
  // The clock stands still while the toast is hovered or focused.
  useEffect(() => {
    const element = box.current;
    let timer = 0;
    const hold = () => clearTimeout(timer);
    const run = () => {
      hold();
      timer = window.setTimeout(() => show(null), visibleFor);
    };
    run();
    for (const event of ["pointerenter", "focusin"]) element?.addEventListener(event, hold);
    for (const event of ["pointerleave", "focusout"]) element?.addEventListener(event, run);
    return hold;
  }, []);
  const { message, tone = "success", action } = toast;
  const Icon = tone === "success" ? Check : Info;
  return (
    <div
      ref={box}
      className="pointer-events-auto flex min-h-target items-center gap-3 rounded-lg border border-hairline-strong bg-surface py-2 pr-2 pl-4 text-sm shadow-raised transition-[opacity,translate] duration-base starting:translate-y-2 starting:opacity-0"
    >
      <Icon className={clsx(tone === "success" ? "text-success" : "text-warning")} />
      <span className="flex-1">{message}</span>
      {action ? (
        <Button
          variant="quiet"
          onClick={() => {
            show(null);
            action.run();
          }}
        >
          {action.label}
        </Button>
      ) : null}
    </div>
  );
}
