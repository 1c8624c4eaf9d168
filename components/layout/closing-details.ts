"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";

/** For a `details` that is a menu: it closes on Escape, on a press elsewhere, and when another page comes. */
export function useClosingDetails() {
  const details = useRef<HTMLDetailsElement>(null);
  const path = usePathname();
  const openedOn = useRef(path);
  useEffect(() => {
    if (details.current && openedOn.current !== path) details.current.open = false;
    openedOn.current = path;
  }, [path]);
  useEffect(() => {
    const close = (event: Event) => {
      const element = details.current;
      if (!element?.open) return;
      if (event instanceof KeyboardEvent) {
        if (event.key !== "Escape") return;
        element.querySelector("summary")?.focus();
      } else if (event.target instanceof Node && element.contains(event.target)) return;
      element.open = false;
    };
    document.addEventListener("keydown", close);
    // Not when the press begins: what lies beneath would move away from under it.
    document.addEventListener("click", close);
    return () => {
      document.removeEventListener("keydown", close);
      document.removeEventListener("click", close);
    };
  }, []);
  return details;
}
