"use client";

import { COPY_HEADER, PERSONAL_CACHE } from "./caches";

/** Fetches a page, or what belongs to it, and keeps it. Nothing is kept that was refused or leads elsewhere. */
export async function addPage(cache: Cache, address: string): Promise<void> {
  const response = await fetch(address, {
    headers: { Accept: "text/html,application/json,*/*", [COPY_HEADER]: "1" },
    cache: "no-store",
  });
  if (response.ok && !response.redirected) await cache.put(address, response);
}

/** After something of the lesson was saved: its copy, when there is one, says so too. */
export async function renewLesson(path: string): Promise<void> {
  if (!("caches" in globalThis)) return;
  const personal = await caches.open(PERSONAL_CACHE);
  if (await personal.match(path, { ignoreVary: true })) await addPage(personal, path);
}
