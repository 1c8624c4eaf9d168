"use client";

import { Download } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { isCourseKept, keepCourse } from "./keep-course";

type State =
  | { readonly phase: "unkept" | "kept" | "failed" }
  | { readonly phase: "keeping"; readonly percentage: number };

type KeepCourseButtonProps = {
  /** The addresses of the course's lessons. */
  readonly paths: readonly string[];
  /** Keeps what belongs to the page that is open, and makes ready for the rest. */
  readonly prepare: () => Promise<void>;
};

/** Lessons are kept as they are opened, and a language once it has run. This keeps all of a course before it is needed. */
export function KeepCourseButton({ paths, prepare }: KeepCourseButtonProps) {
  const [state, setState] = useState<State>({ phase: "unkept" });
  useEffect(() => {
    isCourseKept(paths).then(
      (isKept) => setState((now) => (isKept && now.phase === "unkept" ? { phase: "kept" } : now)),
      () => {},
    );
  }, [paths]);

  const keep = async () => {
    setState({ phase: "keeping", percentage: 0 });
    try {
      await prepare();
      await keepCourse(paths, (done, of) => setState({ phase: "keeping", percentage: (done * 100) / of }));
      setState({ phase: "kept" });
    } catch {
      setState({ phase: "failed" });
    }
  };

  return (
    <div className="mt-8 grid justify-items-start gap-2 border-t border-hairline pt-6 text-sm text-ink-soft print:hidden">
      <p>
        Lessons that you open are kept in this browser. Their exercises run without a network once you have
        run one, or when you keep the whole course.
      </p>
      <Button onClick={keep} busy={state.phase === "keeping"} busyLabel="Keeping the course">
        <Download />
        {state.phase === "kept" ? "Update this copy" : "Keep this course for offline use"}
      </Button>
      {state.phase === "keeping" ? (
        <Progress value={state.percentage} label="Keeping the course" className="w-full" />
      ) : null}
      <p role="status" className={state.phase === "failed" ? "text-danger" : undefined}>
        {state.phase === "kept"
          ? "Kept: all its lessons open and all its exercises run in this browser without a network."
          : state.phase === "failed"
            ? "The course could not be kept. Check the network, then try again."
            : null}
      </p>
    </div>
  );
}
