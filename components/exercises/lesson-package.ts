"use client";

import type { ExercisePackage } from "@/lib/exercises/queries";

/** As it comes over the wire: dates are milliseconds. */
export type WireDraft = {
  readonly version: number;
  readonly code: string;
  readonly editedAt: number;
  readonly other: { readonly code: string; readonly editedAt: number } | null;
};
export type WirePackage = Omit<ExercisePackage, "draft"> & { readonly draft: WireDraft | null };
export type LessonPackage = {
  /** Names the reader in this browser's store; null for a guest. */
  readonly account: string | null;
  readonly saves: boolean;
  readonly exercises: readonly WirePackage[];
};

const asked = new Map<string, Promise<LessonPackage>>();

/** What the lesson's editors need, asked for once per visit of the lesson. Throws when it cannot be had. */
export function readLessonPackage(course: string, lesson: string): Promise<LessonPackage> {
  const address = `/learn/${course}/${lesson}/exercises`;
  const known = asked.get(address);
  if (known) return known;
  const answer = fetch(address, { cache: "no-store" }).then(async (response) => {
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    const body: LessonPackage = await response.json();
    return body;
  });
  asked.set(address, answer);
  // Shared by the exercises of one page; the next visit asks again.
  const forget = () => setTimeout(() => asked.delete(address), 2_000);
  answer.then(forget, () => asked.delete(address));
  return answer;
}
