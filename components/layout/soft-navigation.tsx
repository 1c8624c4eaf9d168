"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { wayBack } from "./way-back";

/**
 * The link of ours (`components/ui/link.tsx`) that an event happened in. With `data-returns` it leads to signing in and then
 * back here: the header is the same for everybody, so only the browser can write that into it.
 */
function findLink({ target }: Event): HTMLAnchorElement | null {
  const link = target instanceof Element ? target.closest<HTMLAnchorElement>("a[data-soft]") : null;
  if (link?.dataset.returns !== undefined) link.search = wayBack(location);
  return link;
}

function addressOf({ pathname, search, hash }: HTMLAnchorElement): Route {
  return `${pathname}${search}${hash}` as Route;
}

/** A plain press of the main button. Everything else (a new tab, a download) is the browser's. */
export function isPlain(event: MouseEvent): boolean {
  const { button, metaKey, ctrlKey, shiftKey, altKey } = event;
  return button === 0 && !(metaKey || ctrlKey || shiftKey || altKey || event.defaultPrevented);
}

/**
 * Follows links without a new document, so that the header keeps its reader and the cart its count, and fetches a page
 * when its link is pointed at. One listener for all links instead of a script for each; until it runs, and without
 * scripts, the browser follows them.
 */
export function SoftNavigation() {
  const router = useRouter();
  useEffect(() => {
    let pointedAt: HTMLAnchorElement | null = null;
    const follow = (event: MouseEvent) => {
      const link = findLink(event);
      if (!link || link.target || !isPlain(event)) return;
      event.preventDefault();
      router.push(addressOf(link));
    };
    const fetchAhead = (event: Event) => {
      const link = findLink(event);
      if (link && link !== pointedAt && link.dataset.soft === "ahead") router.prefetch(addressOf(link));
      pointedAt = link;
    };
    document.addEventListener("click", follow);
    document.addEventListener("pointerover", fetchAhead);
    document.addEventListener("focusin", fetchAhead);
    return () => {
      document.removeEventListener("click", follow);
      document.removeEventListener("pointerover", fetchAhead);
      document.removeEventListener("focusin", fetchAhead);
    };
  }, [router]);
  return null;
}
