"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useLayoutEffect } from "react";

type LessonKeysProps = { readonly previous: Route | null; readonly next: Route | null };

/** Shift and an arrow turn the page, except where arrows have work to do: in fields, in what scrolls by itself and in a selection. */
export function LessonKeys({ previous, next }: LessonKeysProps) {
  const router = useRouter();
  // In a layout effect: pressed the moment a lesson is there, they lead on from it, not from the one before.
  useLayoutEffect(() => {
    const turn = (event: KeyboardEvent) => {
      if (!event.shiftKey || event.ctrlKey || event.altKey || event.metaKey || isBusy(event.target)) return;
      const target = event.key === "ArrowLeft" ? previous : event.key === "ArrowRight" ? next : null;
      if (target) router.push(target);
    };
    document.addEventListener("keydown", turn);
    return () => document.removeEventListener("keydown", turn);
  }, [previous, next, router]);
  return null;
}

/** Fields, code, and whatever is `scrollable`: wide tables, results of a query, a program's output. */
const OWN_ARROWS = 'input, textarea, select, pre, [contenteditable], [role="region"][tabindex="0"]';

function isBusy(target: EventTarget | null): boolean {
  if (document.getSelection()?.isCollapsed === false) return true;
  return target instanceof Element && target.closest(OWN_ARROWS) !== null;
}
