"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import type { Route } from "next";
import { useEffect, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Form } from "@/components/ui/form";
import { IconButton } from "@/components/ui/icon-button";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { showToast } from "@/components/ui/toast";
import { useKeptForm } from "@/components/ui/use-kept-form";
import type { CommonRejection } from "@/lib/action";
import { reorderCourseAction } from "@/lib/authoring/actions";
import { moveChapter, moveLesson } from "@/lib/authoring/move-in-outline";
import type { EditableChapter } from "@/lib/authoring/queries";
import type { OrderRejection } from "@/lib/authoring/schema";
import { commonTexts } from "./common-texts";

const texts = {
  ...commonTexts,
  unknown_course: "This course is not there any more.",
  changed_meanwhile:
    "Somebody else has changed the course in the meantime. Load the page again; then move what you meant to.",
  empty_chapter: "Every chapter needs a lesson.",
} satisfies Record<OrderRejection | CommonRejection, string>;

type Props = {
  readonly course: string;
  readonly slug: string;
  readonly version: number;
  readonly chapters: readonly EditableChapter[];
  readonly mayEdit: boolean;
};

type Draft = {
  readonly order: readonly EditableChapter[];
  /** The order that was saved when the first one was moved, and its version. */
  readonly began: string;
  readonly version: number;
};

/** The order as the action takes it. */
const outlineOf = (chapters: readonly EditableChapter[]) =>
  JSON.stringify(
    chapters.map(({ id, lessons }) => ({ chapter: id, lessons: lessons.map((lesson) => lesson.id) })),
  );

/** Chapters and lessons in their order; moved by buttons, saved together. */
export function CourseOrder({ course, slug, version, chapters, mayEdit }: Props) {
  const [draft, setDraft] = useState<Draft | null>(null);
  const { state, pending, form } = useKeptForm(reorderCourseAction);
  useEffect(() => {
    if (!state?.ok) return;
    setDraft(null);
    showToast({ message: "The new order is saved." });
  }, [state]);
  const shown = draft?.order ?? chapters;
  const move = (order: readonly EditableChapter[]) =>
    setDraft({ order, began: draft?.began ?? outlineOf(chapters), version: draft?.version ?? version });
  // A newer version is followed as long as its order is the one that was begun from.
  const basedOn = draft && draft.began !== outlineOf(chapters) ? draft.version : version;
  return (
    <Form {...form} className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <input type="hidden" name="course" value={course} />
      <input type="hidden" name="version" value={basedOn} />
      <input type="hidden" name="order" value={outlineOf(shown)} />
      {state && !state.ok && draft ? (
        <Notice tone="danger" role="alert" title="The order is as it was">
          <p>{texts[state.error.code]}</p>
        </Notice>
      ) : null}
      <ol className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {shown.map((chapter, chapterIndex) => (
          <li key={chapter.id} className="rounded-lg border border-hairline bg-surface">
            <div className="flex items-center gap-2 border-b border-hairline py-1 pr-2 pl-4">
              <h3 className="min-w-0 flex-1 text-base wrap-anywhere">
                {chapterIndex + 1}. {chapter.title}
              </h3>
              {mayEdit ? (
                <Movers
                  name={chapter.title}
                  isFirst={chapterIndex === 0}
                  isLast={chapterIndex === shown.length - 1}
                  onMove={(by) => move(moveChapter(shown, chapterIndex, by))}
                />
              ) : null}
            </div>
            <ol className="divide-y divide-hairline">
              {chapter.lessons.map((lesson, index) => (
                <li key={lesson.id} className="flex flex-wrap items-center gap-x-3 py-1 pr-2 pl-4 text-sm">
                  <div className="min-w-0 flex-1 basis-full sm:basis-48">
                    {mayEdit ? (
                      <Link
                        href={`/admin/courses/${slug}/lessons/${lesson.slug}` as Route}
                        prefetch={false}
                        className="inline-flex min-h-target items-center wrap-anywhere"
                      >
                        {lesson.title}
                      </Link>
                    ) : (
                      <span className="inline-flex min-h-target items-center">{lesson.title}</span>
                    )}
                  </div>
                  <span className="flex items-center gap-2 text-xs text-ink-muted tabular-nums">
                    {lesson.isEdited ? <Badge>Edited here</Badge> : null}
                    {lesson.freePreview ? <Badge tone="accent">Free</Badge> : null}
                    {lesson.minutes} min
                  </span>
                  {mayEdit ? (
                    <Movers
                      name={lesson.title}
                      isFirst={chapterIndex === 0 && index === 0}
                      isLast={chapterIndex === shown.length - 1 && index === chapter.lessons.length - 1}
                      onMove={(by) => move(moveLesson(shown, chapterIndex, index, by))}
                    />
                  ) : null}
                </li>
              ))}
            </ol>
          </li>
        ))}
      </ol>
      {draft ? (
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="primary" busy={pending}>
            Save the order
          </Button>
          <Button onClick={() => setDraft(null)}>Leave it as it was</Button>
        </div>
      ) : null}
    </Form>
  );
}

type MoversProps = {
  readonly name: string;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly onMove: (by: 1 | -1) => void;
};

function Movers({ name, isFirst, isLast, onMove }: MoversProps) {
  return (
    <span className="ml-auto flex" data-needs-script>
      <IconButton
        label={`Move up: ${name}`}
        className="disabled:opacity-40"
        disabled={isFirst}
        onClick={() => onMove(-1)}
      >
        <ArrowUp />
      </IconButton>
      <IconButton
        label={`Move down: ${name}`}
        className="disabled:opacity-40"
        disabled={isLast}
        onClick={() => onMove(1)}
      >
        <ArrowDown />
      </IconButton>
    </span>
  );
}
