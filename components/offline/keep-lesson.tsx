"use client";

import { useEffect } from "react";
import { flushAttempts } from "@/components/exercises/outbox";
import { PERSONAL_CACHE, STATIC_CACHE } from "./caches";
import { keepFor } from "./forget";

type KeepLessonProps = {
  /** Names the reader in this browser; null for a guest. */
  readonly account: string | null;
  /** False in development, where scripts keep their address and change. */
  readonly isBuilt: boolean;
  /** The lesson's address. */
  readonly path: string;
};

/** Keeps the lesson for reading and working without a network, and sends what was done without one. */
export function KeepLesson({ account, isBuilt, path }: KeepLessonProps) {
  useEffect(() => {
    const sendWaiting = () => {
      if (account !== null) void flushAttempts(account);
    };
    const keep = async () => {
      await keepFor(account);
      sendWaiting();
      if (isBuilt && "serviceWorker" in navigator) await keepLesson(path);
    };
    // After everything that the reader is waiting for. Without a network there is nothing to keep.
    const timer = setTimeout(() => void keep().catch(() => {}), 1_500);
    addEventListener("online", sendWaiting);
    return () => {
      clearTimeout(timer);
      removeEventListener("online", sendWaiting);
    };
  }, [account, isBuilt, path]);
  return null;
}

async function keepLesson(path: string): Promise<void> {
  await navigator.serviceWorker.register("/offline-worker.js", { scope: "/", updateViaCache: "none" });
  await navigator.serviceWorker.ready;
  if (!navigator.onLine) return;
  // Chunks that the worker keeps as they pass: the editor, also of a reader who did not scroll down to it.
  await import("@/components/exercises/workbench");
  const personal = await caches.open(PERSONAL_CACHE);
  const missing: string[] = [];
  for (const address of [path, `${path}/exercises`])
    if (!(await personal.match(address, { ignoreVary: true }))) missing.push(address);
  await Promise.all(missing.map((address) => addPage(personal, address)));
  await keepLoaded();
}

async function addPage(cache: Cache, address: string): Promise<void> {
  const response = await fetch(address, {
    headers: { Accept: "text/html,application/json" },
    cache: "no-store",
  });
  if (response.ok && !response.redirected) await cache.put(address, response);
}

/** What this page loaded before the worker was there. The browser has it, so nothing is fetched twice. */
async function keepLoaded(): Promise<void> {
  const cache = await caches.open(STATIC_CACHE);
  const loaded = performance
    .getEntriesByType("resource")
    .map(({ name }) => new URL(name))
    .filter(
      ({ origin, pathname }) =>
        origin === location.origin && /^\/(?:_next\/static\/|theme\.js|logo\.svg)/.test(pathname),
    );
  for (const { href } of loaded) if (!(await cache.match(href))) await cache.add(href).catch(() => {});
}
