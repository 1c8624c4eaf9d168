"use client";

import { useSyncExternalStore } from "react";

const silence = { id: 0, message: "" };
let said = silence;
const listeners = new Set<() => void>();

/** Tells a screen reader what was done, where the page only shows it. */
export function announce(message: string): void {
  said = { id: said.id + 1, message };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) said = silence;
  };
}

/** The place where it is said; once, in a layout, so that it outlives the pages that an action leads to. */
export function Announcer() {
  const { id, message } = useSyncExternalStore(
    subscribe,
    () => said,
    () => silence,
  );
  return (
    <div role="status" className="sr-only">
      {/* Mounted anew each time, so that the same words are said again. */}
      <span key={id}>{message}</span>
    </div>
  );
}
