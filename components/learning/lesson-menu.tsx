"use client";

import { ListTree } from "lucide-react";
import { Outline, type OutlineProps } from "./outline";

type LessonMenuProps = Omit<OutlineProps, "isEnrolled"> & {
  /** "Chapter 1, lesson 2 of 8". */
  readonly place: { readonly chapter: number; readonly number: number; readonly of: number };
  /** 0 to 100; null for whoever is not enrolled. */
  readonly percentage: number | null;
};

/**
 * The outline: a closed menu on phones, a column elsewhere. It is drawn once: a `details` before it, which is there on
 * phones only, says whether it is seen. A client component, so that it is sent as titles and ticks, not as elements.
 */
export function LessonMenu({ place, percentage, ...outline }: LessonMenuProps) {
  const isEnrolled = percentage !== null;
  return (
    <>
      <details className="peer mx-gutter mt-4 rounded-md border border-hairline-strong bg-surface open:rounded-b-none lg:hidden print:hidden">
        <summary className="flex min-h-12 items-center gap-3 px-4 text-sm font-medium">
          Chapter {place.chapter}, lesson {place.number} of {place.of}
          {isEnrolled ? (
            <span className="ml-auto font-normal text-ink-muted tabular-nums">{percentage}%</span>
          ) : null}
          <ListTree className={isEnrolled ? undefined : "ml-auto"} />
        </summary>
      </details>
      <aside
        aria-label="Course"
        className="max-lg:mx-gutter max-lg:rounded-b-md max-lg:border max-lg:border-t-0 max-lg:border-hairline-strong max-lg:bg-surface max-lg:peer-not-open:hidden lg:sticky lg:top-14 lg:max-h-[calc(100dvh-3.5rem)] lg:overflow-y-auto print:hidden"
      >
        <Outline {...outline} isEnrolled={isEnrolled} />
      </aside>
    </>
  );
}
