"use client";

import { useEffect } from "react";
import { announce } from "./announcer";

/** The `data-press` of the form that was sent last. It outlives the page: the action's redirect mounts that anew. */
let pressed: string | null = null;

/**
 * What is pressed in the cart goes with its line. The focus then moves to what has come for it, which names it as
 * `data-answers`, else to the heading; and its `data-says` is said.
 */
export function CartFocus({ seen }: { readonly seen: string }) {
  useEffect(() => {
    const note = ({ target }: Event) => {
      pressed = target instanceof HTMLElement ? (target.dataset.press ?? null) : null;
    };
    document.addEventListener("submit", note, true);
    return () => document.removeEventListener("submit", note, true);
  }, []);
  useEffect(() => {
    if (pressed === null || seen === "") return;
    const answer = document.querySelector<HTMLElement>(`[data-answers="${CSS.escape(pressed)}"]`);
    pressed = null;
    if (answer) {
      answer.focus();
      announce(answer.dataset.says ?? "");
      return;
    }
    const heading = document.querySelector<HTMLElement>("#main h1");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus();
  }, [seen]);
  return null;
}
