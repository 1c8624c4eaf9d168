"use client";

import { Archive } from "lucide-react";
import { Effect, Effects } from "@/components/ui/dialog";
import type { CommonRejection } from "@/lib/action";
import { setCourseStatusAction } from "@/lib/authoring/actions";
import type { StatusRejection } from "@/lib/authoring/schema";
import type { CourseStatus } from "@/lib/catalog/course-kinds";
import { commonTexts } from "./common-texts";
import { DialogForm, DialogOpener } from "./dialog-form";
import { PressButton } from "./press-button";

const texts = {
  ...commonTexts,
  unknown_course: "This course is not there any more.",
  changed_meanwhile: "Somebody else has changed the course in the meantime. Look again.",
  no_lessons: "A course without lessons cannot be on sale.",
} satisfies Record<StatusRejection | CommonRejection, string>;

type Props = {
  readonly course: string;
  readonly title: string;
  readonly version: number;
  readonly status: CourseStatus;
  readonly learners: number;
};

/** Takes a course out of the shop, or puts it back. */
export function CourseStatusButtons({ course, title, version, status, learners }: Props) {
  const fields = { course, version: String(version) };
  if (status === "published")
    return (
      <DialogOpener label="Archive" icon={<Archive />} title="Archive this course" subtitle={title}>
        {(close) => <ArchiveForm {...fields} learners={learners} onClose={close} />}
      </DialogOpener>
    );
  return (
    <PressButton
      action={setCourseStatusAction}
      fields={{ ...fields, status: "published" }}
      label="Put on sale"
      done="The course is on sale."
      texts={texts}
    />
  );
}

type FormProps = {
  readonly course: string;
  readonly version: string;
  readonly learners: number;
  readonly onClose: () => void;
};

function ArchiveForm({ course, version, learners, onClose }: FormProps) {
  return (
    <DialogForm
      action={setCourseStatusAction}
      fields={{ course, version, status: "archived" }}
      texts={texts}
      failed="The course is still on sale"
      done="The course is archived."
      keep="Keep it on sale"
      act="Archive"
      danger
      onClose={onClose}
    >
      {() => (
        <>
          <Effects>
            <Effect icon={null}>It leaves the shop, and nobody can buy it any more</Effect>
            <Effect icon={null}>
              {learners === 0
                ? "Nobody has it now"
                : `${learners === 1 ? "One learner keeps it" : `${learners} learners keep it`}, with progress and certificates`}
            </Effect>
            <Effect icon={null}>Nothing is deleted; it can be put on sale again</Effect>
          </Effects>
        </>
      )}
    </DialogForm>
  );
}
