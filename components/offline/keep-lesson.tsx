"use client";

import { useCallback, useEffect, useState } from "react";
import { type Language, runtimeOf } from "@/components/exercises/runtime";
import { DATASET_CACHE, PERSONAL_CACHE, STATIC_CACHE } from "./caches";
import { keepFor } from "./forget";
import { addMissing, keepRuntime } from "./keep-runtime";
import { keepCopy, listFiles, wasKeptInPassing } from "./lesson-copy";
import { flushOutbox } from "./outbox";

type KeepLessonProps = {
  /** Names the reader in this browser; null for a guest. */
  readonly account: string | null;
  /** False in development, where scripts keep their address and change. */
  readonly isBuilt: boolean;
  /** The lesson's address. */
  readonly path: string;
  /** False when its text is not the reader's: what was kept of its course before goes. */
  readonly isOpen: boolean;
  /** The addresses of all lessons of the course, for somebody who is enrolled in it. */
  readonly coursePaths?: readonly string[] | undefined;
};

/** Keeps the lesson for reading and working without a network, and sends what was done without one. */
export function KeepLesson({ account, isBuilt, path, isOpen, coursePaths }: KeepLessonProps) {
  const [keeper, setKeeper] = useState<typeof import("./keep-course-button") | null>(null);
  const mayKeepCourse = isBuilt && coursePaths !== undefined;
  useEffect(() => {
    if (!mayKeepCourse || !("serviceWorker" in navigator)) return;
    let isGone = false;
    // Of no use to whoever only reads, so it comes after the page.
    import("./keep-course-button").then(
      (module) => {
        if (!isGone) setKeeper(module);
      },
      () => {},
    );
    return () => {
      isGone = true;
    };
  }, [mayKeepCourse]);
  useEffect(() => {
    const isPageNew = wasKeptInPassing(path);
    const sendWaiting = () => {
      if (account !== null) void flushOutbox(account);
    };
    // At once: somebody else's lessons have no business here any longer.
    const cleared = keepFor(account).then(
      () => true,
      () => false,
    );
    const keep = async () => {
      if (!(await cleared)) return;
      sendWaiting();
      if (!isOpen) await dropCourse(path);
      else if (isBuilt && "serviceWorker" in navigator) await keepLesson(path, isPageNew);
    };
    // After everything that the reader is waiting for. Without a network there is nothing to keep.
    const timer = setTimeout(() => void keep().catch(() => {}), 1_500);
    addEventListener("online", sendWaiting);
    return () => {
      clearTimeout(timer);
      removeEventListener("online", sendWaiting);
    };
  }, [account, isBuilt, path, isOpen]);
  useEffect(() => {
    if (!isBuilt || !("serviceWorker" in navigator)) return;
    const leave = LANGUAGES.map((language) => {
      const runtime = runtimeOf(language);
      return runtime.subscribe(() => {
        if (runtime.read().phase === "ready") void keepUsed(language).catch(() => {});
      });
    });
    return () => {
      for (const unsubscribe of leave) unsubscribe();
    };
  }, [isBuilt]);
  const prepare = useCallback(async () => {
    await keepFor(account);
    await keepLesson(path, false);
  }, [account, path]);
  if (!keeper || !coursePaths) return null;
  return <keeper.KeepCourseButton paths={coursePaths} prepare={prepare} />;
}

const LANGUAGES: readonly Language[] = ["python", "sql"];

/** A language that was used once is there without a network from then on, with the data that it was asked about. */
async function keepUsed(language: Language): Promise<void> {
  await keepRuntime(language);
  await addMissing(DATASET_CACHE, listLoaded(/^\/learn\/datasets\//));
}

async function keepLesson(path: string, isPageNew: boolean): Promise<void> {
  await navigator.serviceWorker.register("/offline-worker.js", { scope: "/", updateViaCache: "none" });
  await navigator.serviceWorker.ready;
  if (!navigator.onLine) return;
  // Chunks that the worker keeps as they pass: the editor, also of a reader who did not scroll down to it.
  await import("@/components/exercises/workbench");
  await keepCopy(path, listFiles(document), isPageNew);
  await keepLoaded();
}

/** Access to one lesson ends with that to its course, so every copy goes, of lessons that are not open now too. */
async function dropCourse(path: string): Promise<void> {
  if (!("caches" in globalThis)) return;
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const personal = await caches.open(PERSONAL_CACHE);
  const kept = await personal.keys();
  const ofCourse = kept.filter(({ url }) => new URL(url).pathname.startsWith(folder));
  await Promise.all(ofCourse.map((request) => personal.delete(request, { ignoreVary: true })));
}

/** What this page loaded before the worker was there. */
function keepLoaded(): Promise<void> {
  return addMissing(STATIC_CACHE, listLoaded(/^\/(?:_next\/static\/|theme\.js|logo\.svg)/));
}

function listLoaded(path: RegExp): string[] {
  return performance
    .getEntriesByType("resource")
    .map(({ name }) => new URL(name))
    .filter(({ origin, pathname }) => origin === location.origin && path.test(pathname))
    .map(({ pathname }) => pathname);
}
