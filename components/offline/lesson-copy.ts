"use client";

import { COPY_HEADER, FILE_PATH, PERSONAL_CACHE } from "./caches";

/** Fetches a page, or what belongs to it, and keeps it. Nothing is kept that was refused or leads elsewhere. */
export async function addPage(cache: Cache, address: string): Promise<void> {
  const response = await fetch(address, {
    headers: { Accept: "text/html,application/json,*/*", [COPY_HEADER]: "1" },
    cache: "no-store",
  });
  if (response.ok && !response.redirected) await cache.put(address, response);
}

let isFirstVisit = true;

/**
 * Whether this document is the lesson at `path` and came through the worker, which keeps what it passes on. True once:
 * whoever comes back to a lesson without a new document sees a newer one.
 */
export function wasKeptInPassing(path: string): boolean {
  const [opened] = performance.getEntriesByType("navigation");
  const isIt =
    isFirstVisit &&
    opened instanceof PerformanceNavigationTiming &&
    opened.workerStart > 0 &&
    new URL(opened.name).pathname === path;
  isFirstVisit = false;
  return isIt;
}

/**
 * Keeps a lesson as its reader may have it now, which may be more than at the last visit: a preview may have been bought
 * since. Its files stay as they are, and so does its page when the copy is of this very visit.
 */
export async function keepCopy(path: string, files: readonly string[], isPageNew: boolean): Promise<void> {
  const personal = await caches.open(PERSONAL_CACHE);
  const mayStay = [...files, ...(isPageNew ? [path] : [])];
  const addresses = [`${path}/exercises`, ...(isPageNew ? [] : [path])];
  for (const address of mayStay)
    if (!(await personal.match(address, { ignoreVary: true }))) addresses.push(address);
  await Promise.all(addresses.map((address) => addPage(personal, address)));
}

/** The pictures and downloads of a lesson, those that are not on the screen yet too. */
export function listFiles(page: Document): string[] {
  const parts = page.querySelectorAll("main img[src], main a[download]");
  const addresses = [...parts].map(
    (part) => part.getAttribute(part.tagName === "IMG" ? "src" : "href") ?? "",
  );
  return [...new Set(addresses.filter((address) => FILE_PATH.test(address)))];
}

/** After something of the lesson was saved: its copy, when there is one, says so too. */
export async function renewLesson(path: string): Promise<void> {
  if (!("caches" in globalThis)) return;
  const personal = await caches.open(PERSONAL_CACHE);
  if (await personal.match(path, { ignoreVary: true })) await addPage(personal, path);
}
