"use client";

import { type ComponentProps, type ReactNode, useEffect, useRef, useState } from "react";
import { Expected, type ExpectedProps, WithoutEditor } from "./expected";
import { readLessonPackage } from "./lesson-package";

export type ExerciseProps = {
  readonly course: string;
  readonly lesson: string;
  readonly slug: string;
  readonly starter: string;
  readonly hints: readonly string[];
};

type Parts = ExerciseProps & {
  /** The starter as it is printed, and as it stands until the editor is there. */
  readonly printed: ReactNode;
  /** Stands below the starter, and in the results before anything was run. */
  readonly expected: ExpectedProps;
};

type WorkbenchModule = typeof import("./workbench");
type Ready = Pick<ComponentProps<WorkbenchModule["Workbench"]>, "lessonPackage" | "own"> & WorkbenchModule;

/**
 * Becomes an editor as it comes near the screen. The language itself loads only once the learner goes into the editor or
 * runs something: reading a lesson never waits for it.
 */
export function Exercise({ printed, expected, ...exercise }: Parts) {
  const { course, lesson, slug } = exercise;
  const place = useRef<HTMLDivElement>(null);
  const [ready, setReady] = useState<Ready | "unknown" | "unreachable" | null>(null);

  useEffect(() => {
    if (!place.current) return;
    let isGone = false;
    let isLoaded = false;
    const load = async () => {
      try {
        const [module, lessonPackage] = await Promise.all([
          import("./workbench"),
          readLessonPackage(course, lesson),
        ]);
        if (isGone) return;
        isLoaded = true;
        const own = lessonPackage.exercises.find((one) => one.slug === slug);
        setReady(own?.task ? { ...module, lessonPackage, own: { ...own, task: own.task } } : "unknown");
      } catch {
        if (!isGone && !isLoaded) setReady("unreachable");
      }
    };
    const near = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        near.disconnect();
        void load();
      },
      { rootMargin: "600px" },
    );
    near.observe(place.current);
    // An editor that is there stays: a network that returns may not last.
    const retry = () => {
      if (place.current && !isLoaded) near.observe(place.current);
    };
    addEventListener("online", retry);
    return () => {
      isGone = true;
      near.disconnect();
      removeEventListener("online", retry);
    };
  }, [course, lesson, slug]);

  const isReady = ready !== null && typeof ready === "object";
  return (
    <div ref={place} className="mt-6">
      {isReady ? (
        <ready.Workbench {...exercise} lessonPackage={ready.lessonPackage} own={ready.own}>
          <Expected {...expected} />
        </ready.Workbench>
      ) : null}
      <div className={isReady ? "hidden print:block" : undefined}>
        {printed}
        <div className="mt-5 max-w-prose">
          <Expected {...expected} />
          <WithoutEditor dataset={"dataset" in expected ? expected.dataset : null} />
        </div>
        {ready === "unreachable" ? (
          <p role="alert" className="mt-3 text-sm text-danger">
            The editor could not be loaded. It comes once there is a network.
          </p>
        ) : null}
        {ready === "unknown" ? (
          <p className="mt-3 text-sm text-ink-muted">
            This exercise is being rewritten and cannot be run now.
          </p>
        ) : null}
      </div>
    </div>
  );
}
