"use client";

import { lazy, Suspense, useState, useSyncExternalStore } from "react";
import { Checkbox } from "@/components/ui/choice";
import { describedBy, Field, inputClass, TextField } from "@/components/ui/field";
import { scrollable } from "@/components/ui/scrollable";
import { TextAreaField } from "@/components/ui/text-area";
import type { CommonRejection } from "@/lib/action";
import { saveLessonAction } from "@/lib/authoring/actions";
import type { SaveLessonRejection } from "@/lib/authoring/schema";
import { commonTexts } from "./common-texts";
import { EditForm } from "./edit-form";
import type { TextFields } from "./follow-saved";

const MarkdownEditor = lazy(() => import("./markdown-editor"));
const MarkdownPreview = lazy(() => import("./markdown-preview"));

const texts = {
  ...commonTexts,
  unknown_lesson: "This lesson is not there any more.",
  changed_meanwhile:
    "Somebody else has changed this lesson in the meantime. Saving yours undoes nothing of theirs: save it again.",
} satisfies Record<SaveLessonRejection | CommonRejection, string>;

type Props = {
  readonly lesson: string;
  readonly course: string;
  readonly revision: number;
  /** As saved now, by the names of the form's fields. */
  readonly saved: TextFields;
};

/** A lesson's text with its preview beside it. */
export function LessonForm({ lesson, course, revision, saved }: Props) {
  return (
    <EditForm
      action={saveLessonAction}
      about={{ lesson }}
      version={["revision", revision]}
      versionAfter={(value) => value.revision}
      saved={saved}
      texts={texts}
      failed="The lesson was not saved"
      done="The lesson is saved."
    >
      {(fields, refusal) => (
        <>
          <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_7rem]">
            <TextField
              label="Title"
              name="title"
              defaultValue={fields.title}
              maxLength={120}
              autoComplete="off"
              error={refusal?.fields?.title}
            />
            <TextField
              label="Minutes"
              name="minutes"
              defaultValue={fields.minutes}
              inputMode="numeric"
              autoComplete="off"
              error={refusal?.fields?.minutes}
            />
          </div>
          <TextField
            label="Summary"
            name="summary"
            defaultValue={fields.summary}
            maxLength={240}
            autoComplete="off"
            help="What visitors read before they have the course."
            error={refusal?.fields?.summary}
          />
          <Checkbox
            label="Anybody may read this lesson, as a free preview"
            name="freePreview"
            defaultChecked={fields.freePreview === "on"}
          />
          <TextWithPreview initial={fields.body ?? ""} course={course} error={refusal?.fields?.body} />
          <TextAreaField
            label="Questions"
            name="quiz"
            rows={10}
            code
            spellCheck={false}
            defaultValue={fields.quiz}
            help="YAML, as in the files of a course: question, answer, explanation, and wrong options with their why."
            error={refusal?.fields?.quiz}
          />
        </>
      )}
    </EditForm>
  );
}

const never = () => () => {};

type TextProps = { readonly initial: string; readonly course: string; readonly error: string | undefined };

/** The form's own text box carries the text; with scripts an editor stands in its place. */
function TextWithPreview({ initial, course, error }: TextProps) {
  const [text, setText] = useState(initial);
  const hasScript = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const box = (
    <textarea
      id="body"
      name="body"
      rows={24}
      value={text}
      onChange={(event) => setText(event.target.value)}
      {...describedBy("body", error ? { error } : {})}
      className={inputClass}
    />
  );
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6 2xl:grid-cols-2">
      <Field id="body" label="Text, in Markdown" help="Esc, then Tab leaves the editor." error={error}>
        {hasScript ? (
          <Suspense fallback={box}>
            <MarkdownEditor initial={text} label="Text, in Markdown" onChange={setText} />
            <textarea name="body" value={text} readOnly hidden />
          </Suspense>
        ) : (
          box
        )}
      </Field>
      <div data-needs-script className="grid content-start gap-1.5">
        <p className="text-sm leading-snug font-medium">Preview</p>
        <div
          {...scrollable("Preview")}
          className="max-h-128 overflow-auto rounded-md border border-hairline bg-surface p-5"
        >
          {hasScript ? (
            <Suspense fallback={null}>
              <MarkdownPreview source={text} course={course} />
            </Suspense>
          ) : null}
        </div>
      </div>
    </div>
  );
}
