"use client";

import type { CommonRejection } from "@/lib/action";
import { restoreLessonAction } from "@/lib/authoring/actions";
import type { RestoreRejection } from "@/lib/authoring/schema";
import { commonTexts } from "./common-texts";
import { PressButton } from "./press-button";

const texts = {
  ...commonTexts,
  unknown_lesson: "This lesson is not there any more.",
  unknown_version: "This text is not there any more.",
  changed_meanwhile:
    "Somebody has saved the lesson since you opened this page. Look at what differs now, then press again.",
} satisfies Record<RestoreRejection | CommonRejection, string>;

type Props = { readonly lesson: string; readonly revision: number; readonly former: number };

/** Brings a former text back; the one that it replaces is kept among the former ones. */
export function RestoreLesson({ lesson, revision, former }: Props) {
  return (
    <PressButton
      action={restoreLessonAction}
      fields={{ lesson, revision: String(revision), former: String(former) }}
      label="Restore this text"
      done="The former text is in force again."
      texts={texts}
    />
  );
}
