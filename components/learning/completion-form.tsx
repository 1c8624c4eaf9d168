"use client";

import { clsx } from "clsx";
import { Check, CircleCheck } from "lucide-react";
import { useActionState } from "react";
import { isFinal } from "@/components/offline/post";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { CommonRejection } from "@/lib/action";
import { completeLessonAction, uncompleteLessonAction } from "@/lib/learning/actions";
import type { ProgressRejection } from "@/lib/learning/mutations";
import { useMark } from "./use-mark";

const messages: Readonly<Record<ProgressRejection | CommonRejection, string>> = {
  not_enrolled: "You are not enrolled in this course any more, so nothing was saved.",
  signed_out: "You are signed out. Sign in again, then mark the lesson.",
  forbidden: "You may not do this.",
  foreign_origin: "The request did not come from this page. Reload it and try again.",
  invalid_input: "This page is out of date. Reload it and try again.",
};

const kept = {
  waiting: "Kept in this browser, and sent once there is a network.",
  signed_out: "You are signed out. It is kept in this browser, and sent once you have signed in again.",
} as const;

export type CompletionProps = {
  /** Names the reader in this browser. */
  readonly account: string;
  readonly course: string;
  readonly lesson: string;
  readonly isCompleted: boolean;
};

/**
 * Ticks the lesson or takes the tick back, also without a network; without scripts it posts. The button stays the same
 * element, so the focus stays on it.
 */
export function CompletionForm(props: CompletionProps) {
  const { course, lesson, isCompleted } = props;
  const [ticked, tick] = useActionState(completeLessonAction, null);
  const [undone, undo] = useActionState(uncompleteLessonAction, null);
  const { completed, delivery, isBusy, press } = useMark(props);
  const posted = isCompleted ? undone : ticked;
  const rejections = { refused: "not_enrolled", invalid: "invalid_input" } as const;
  const problem = isFinal(delivery)
    ? rejections[delivery]
    : posted?.ok === false
      ? posted.error.code
      : undefined;
  return (
    <form
      action={isCompleted ? undo : tick}
      onSubmit={(event) => {
        event.preventDefault();
        void press();
      }}
      className="grid justify-items-center gap-3"
    >
      <input type="hidden" name="course" value={course} />
      <input type="hidden" name="lesson" value={lesson} />
      <div className="flex flex-wrap items-center justify-center gap-x-2">
        <p
          role="status"
          className={clsx(
            "inline-flex items-center gap-2 font-semibold text-accent",
            !completed && "sr-only",
          )}
        >
          {completed ? (
            <>
              <Check className="size-4.5!" />
              Completed
            </>
          ) : null}
        </p>
        <Button
          type="submit"
          busy={isBusy}
          variant={completed ? "quiet" : "secondary"}
          size={completed ? "medium" : "large"}
        >
          {completed ? null : <CircleCheck />}
          {completed ? "Undo" : "Mark as complete"}
        </Button>
      </div>
      {delivery === "waiting" || delivery === "signed_out" ? (
        <p role="status" className="text-xs text-ink-muted">
          {kept[delivery]}
        </p>
      ) : null}
      {problem ? <Notice tone="danger" role="alert" title={messages[problem]} /> : null}
    </form>
  );
}
