"use client";

import { clsx } from "clsx";
import { Check, CircleCheck } from "lucide-react";
import { useActionState } from "react";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { CommonRejection } from "@/lib/action";
import { completeLessonAction, uncompleteLessonAction } from "@/lib/learning/actions";
import type { ProgressRejection } from "@/lib/learning/mutations";

const messages: Readonly<Record<ProgressRejection | CommonRejection, string>> = {
  not_enrolled: "You are not enrolled in this course any more, so nothing was saved.",
  signed_out: "You are signed out. Sign in again, then mark the lesson.",
  forbidden: "You may not do this.",
  foreign_origin: "The request did not come from this page. Reload it and try again.",
  invalid_input: "This page is out of date. Reload it and try again.",
};

type CompletionFormProps = {
  readonly course: string;
  readonly lesson: string;
  readonly isCompleted: boolean;
};

/** Ticks the lesson or takes the tick back. The button stays the same element, so the focus stays on it. */
export function CompletionForm({ course, lesson, isCompleted }: CompletionFormProps) {
  // A hook for each action: one hook whose action changes goes on posting the former one.
  const [ticked, tick] = useActionState(completeLessonAction, null);
  const [undone, undo] = useActionState(uncompleteLessonAction, null);
  const state = isCompleted ? undone : ticked;
  return (
    <form action={isCompleted ? undo : tick} className="grid justify-items-center gap-3">
      <input type="hidden" name="course" value={course} />
      <input type="hidden" name="lesson" value={lesson} />
      <div className="flex flex-wrap items-center justify-center gap-x-2">
        <p
          role="status"
          className={clsx(
            "inline-flex items-center gap-2 font-semibold text-accent",
            !isCompleted && "sr-only",
          )}
        >
          {isCompleted ? (
            <>
              <Check className="size-4.5!" />
              Completed
            </>
          ) : null}
        </p>
        <SubmitButton variant={isCompleted ? "quiet" : "secondary"} size={isCompleted ? "medium" : "large"}>
          {isCompleted ? null : <CircleCheck />}
          {isCompleted ? "Undo" : "Mark as complete"}
        </SubmitButton>
      </div>
      {state?.ok === false ? <Notice tone="danger" role="alert" title={messages[state.error.code]} /> : null}
    </form>
  );
}
