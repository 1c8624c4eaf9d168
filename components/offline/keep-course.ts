"use client";

import type { LessonPackage } from "@/components/exercises/lesson-package";
import type { Language } from "@/components/exercises/runtime";
import { isSqlTask } from "@/lib/exercises/grader-task";
import { DATASET_CACHE, PERSONAL_CACHE } from "./caches";
import { addMissing, hasAll, isRuntimeKept, keepRuntime } from "./keep-runtime";
import { addPage, listFiles } from "./lesson-copy";

/** What the exercises of a course run on. */
type Needs = { readonly languages: ReadonlySet<Language>; readonly datasets: ReadonlySet<string> };

/**
 * Keeps every lesson at `paths` with its files and tests, and what its exercises run on; throws when any of it could not
 * be had. `onStep` hears how many of them are done, the lessons first, then the languages with their data.
 */
export async function keepCourse(
  paths: readonly string[],
  onStep: (done: number, of: number) => void,
): Promise<void> {
  const of = paths.length + 1;
  const personal = await caches.open(PERSONAL_CACHE);
  for (const [index, path] of paths.entries()) {
    onStep(index, of);
    for (const address of [path, `${path}/exercises`]) await addPage(personal, address);
    const copy = await personal.match(path, { ignoreVary: true });
    const files = copy ? listFiles(new DOMParser().parseFromString(await copy.text(), "text/html")) : [];
    for (const address of files)
      if (!(await personal.match(address, { ignoreVary: true }))) await addPage(personal, address);
  }
  onStep(paths.length, of);
  const needs = await readNeeds(paths);
  if (!needs) throw new Error("a lesson could not be kept");
  for (const language of needs.languages) await keepRuntime(language);
  await addMissing(DATASET_CACHE, [...needs.datasets]);
  if (!(await isCourseKept(paths))) throw new Error("a language could not be kept");
}

/** Whether all that `keepCourse` keeps is there; a picture may be missing. */
export async function isCourseKept(paths: readonly string[]): Promise<boolean> {
  const needs = await readNeeds(paths);
  if (!needs) return false;
  for (const language of needs.languages) if (!(await isRuntimeKept(language))) return false;
  return hasAll(DATASET_CACHE, [...needs.datasets]);
}

/** From the copies of the lessons' tests; null when a lesson is not there. */
async function readNeeds(paths: readonly string[]): Promise<Needs | null> {
  if (!(await hasAll(PERSONAL_CACHE, paths))) return null;
  const personal = await caches.open(PERSONAL_CACHE);
  const languages = new Set<Language>();
  const datasets = new Set<string>();
  for (const path of paths) {
    const kept = await personal.match(`${path}/exercises`, { ignoreVary: true });
    if (!kept) return null;
    const { exercises }: LessonPackage = await kept.json();
    for (const { task } of exercises) {
      if (task) languages.add(isSqlTask(task) ? "sql" : "python");
      if (task && isSqlTask(task)) datasets.add(`/learn/datasets/${task.dataset}`);
    }
  }
  return { languages, datasets };
}
