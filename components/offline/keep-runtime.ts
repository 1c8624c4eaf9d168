"use client";

import type { Language } from "@/components/exercises/runtime";
import { PYTHON_RELEASE, RUNTIME_FILES, SQLITE_RELEASE } from "@/lib/exercises/runtimes";
import { RUNTIME_CACHE } from "./caches";

/** All that a language needs without a network. A browser that has used it has the files, so none is fetched twice. */
export function runtimeAddresses(language: Language): readonly string[] {
  const release = language === "python" ? PYTHON_RELEASE : SQLITE_RELEASE;
  const files = [...RUNTIME_FILES.keys()].filter((file) => file.startsWith(release));
  return [`/workers/${language}.js`, ...files.map((file) => `/runtime/${file}`)];
}

export async function keepRuntime(language: Language): Promise<void> {
  await addMissing(RUNTIME_CACHE, runtimeAddresses(language));
  await dropOldRuntimes();
}

/** Of a release before this one. */
async function dropOldRuntimes(): Promise<void> {
  const cache = await caches.open(RUNTIME_CACHE);
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/runtime/") && !RUNTIME_FILES.has(pathname.slice("/runtime/".length)))
      await cache.delete(request, { ignoreVary: true });
  }
}

export async function addMissing(name: string, addresses: readonly string[]): Promise<void> {
  const cache = await caches.open(name);
  for (const address of addresses)
    if (!(await cache.match(address, { ignoreVary: true }))) await cache.add(address).catch(() => {});
}
