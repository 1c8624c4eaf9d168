"use client";

import type { Language } from "@/components/exercises/runtime";
import { PYTHON_RELEASE, RUNTIME_FILES, SQLITE_RELEASE } from "@/lib/exercises/runtimes";
import { RUNTIME_CACHE } from "./caches";

const releaseOf = (language: Language) => (language === "python" ? PYTHON_RELEASE : SQLITE_RELEASE);
const scriptOf = (language: Language) => `/workers/${language}.js`;
const filesOf = (language: Language) =>
  [...RUNTIME_FILES.keys()]
    .filter((file) => file.startsWith(`${releaseOf(language)}/`))
    .map((file) => `/runtime/${file}`);

/**
 * Keeps all that a language needs without a network. A browser that has used it has the files, so none is fetched twice.
 * What was kept of an earlier release stays until all of this one is there: until then it is what runs.
 */
export async function keepRuntime(language: Language): Promise<void> {
  await addMissing(RUNTIME_CACHE, filesOf(language));
  if (!(await hasAll(RUNTIME_CACHE, filesOf(language)))) return;
  const cache = await caches.open(RUNTIME_CACHE);
  // Always anew: its address says nothing of the release whose files it asks for.
  await cache.add(scriptOf(language)).catch(() => {});
  if (await isRuntimeKept(language)) await dropOldReleases(cache, language);
}

/** Whether a language runs without a network: with its files, and with a script that asks for these. */
export async function isRuntimeKept(language: Language): Promise<boolean> {
  const script = await (await caches.open(RUNTIME_CACHE)).match(scriptOf(language), { ignoreVary: true });
  if (!script || !(await script.text()).includes(releaseOf(language))) return false;
  return hasAll(RUNTIME_CACHE, filesOf(language));
}

/** Only of this language: another one's may still be what runs. */
async function dropOldReleases(cache: Cache, language: Language): Promise<void> {
  const release = releaseOf(language);
  const [name] = release.split("-");
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith(`/runtime/${name}-`) && !pathname.startsWith(`/runtime/${release}/`))
      await cache.delete(request, { ignoreVary: true });
  }
}

export async function addMissing(name: string, addresses: readonly string[]): Promise<void> {
  const cache = await caches.open(name);
  for (const address of addresses)
    if (!(await cache.match(address, { ignoreVary: true }))) await cache.add(address).catch(() => {});
}

export async function hasAll(name: string, addresses: readonly string[]): Promise<boolean> {
  const cache = await caches.open(name);
  for (const address of addresses) if (!(await cache.match(address, { ignoreVary: true }))) return false;
  return true;
}
