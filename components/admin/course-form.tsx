"use client";

import { Button } from "@/components/ui/button";
import { SelectField, TextField } from "@/components/ui/field";
import { TextAreaField } from "@/components/ui/text-area";
import { showToast } from "@/components/ui/toast";
import type { CommonRejection } from "@/lib/action";
import { editCourseAction } from "@/lib/authoring/actions";
import type { EditCourseRejection } from "@/lib/authoring/schema";
import { COURSE_LEVEL_NAMES, COURSE_LEVELS, COURSE_STATUSES } from "@/lib/catalog/schema";
import { commonTexts } from "./common-texts";
import { COURSE_STATUS_NAMES } from "./course-names";
import { EditConflict } from "./edit-conflict";
import { FormProblems } from "./form-problems";
import { type TextFields, useAnswer, useEditing } from "./use-editing";
import { useKeptForm } from "./use-kept-form";

const texts = {
  ...commonTexts,
  unknown_course: "This course is not there any more.",
  changed_meanwhile: "Somebody else has saved this course in the meantime.",
  no_lessons: "A course without lessons cannot be on sale.",
  bad_price: "This is no amount of the course’s currency.",
} satisfies Record<EditCourseRejection | CommonRejection, string>;

type Props = {
  readonly course: string;
  readonly version: number;
  readonly currency: string;
  /** As saved now, by the names of the form's fields. */
  readonly saved: TextFields;
};

/** What the course's page says, its price and its status. */
export function CourseForm({ course, version, currency, saved }: Props) {
  const editing = useEditing(saved, version);
  const { state, pending, attempt, form } = useKeptForm(editCourseAction);
  useAnswer(state, (answer) => {
    if (!answer?.ok) return;
    editing.noteSaved(answer.value.version);
    showToast({ message: "The course is saved." });
  });
  const refusal = state && !state.ok ? state.error : null;
  const problems = refusal?.fields ?? {};
  const { fields } = editing;
  return (
    <form
      key={editing.round}
      {...form}
      onSubmit={(event) => {
        editing.noteSent(event);
        form.onSubmit(event);
      }}
      className="grid gap-5"
    >
      {editing.isOvertaken && refusal?.code === "changed_meanwhile" ? (
        <EditConflict
          began={fields}
          saved={saved}
          typed={editing.sent}
          onTake={editing.take}
          onKeep={editing.keep}
        />
      ) : refusal && refusal.code !== "changed_meanwhile" ? (
        <FormProblems
          key={attempt}
          title="The course was not saved"
          text={texts[refusal.code]}
          fields={refusal.fields}
        />
      ) : null}
      <input type="hidden" name="course" value={course} />
      <input type="hidden" name="version" value={editing.version} />
      <TextField
        label="Title"
        name="title"
        defaultValue={fields.title}
        maxLength={120}
        autoComplete="off"
        error={problems.title}
      />
      <TextField
        label="Summary"
        name="summary"
        defaultValue={fields.summary}
        maxLength={200}
        autoComplete="off"
        help="Stands on the course’s card: at most 200 characters."
        error={problems.summary}
      />
      <div className="grid gap-4 sm:grid-cols-3">
        <TextField
          label={`Price in ${currency.toUpperCase()}`}
          name="price"
          defaultValue={fields.price}
          inputMode="decimal"
          autoComplete="off"
          help="Orders keep the price that they were placed at."
          error={refusal?.code === "bad_price" ? texts.bad_price : problems.price}
        />
        <SelectField label="Level" name="level" defaultValue={fields.level} error={problems.level}>
          {COURSE_LEVELS.map((level) => (
            <option key={level} value={level}>
              {COURSE_LEVEL_NAMES[level]}
            </option>
          ))}
        </SelectField>
        <SelectField
          label="Status"
          name="status"
          defaultValue={fields.status}
          error={refusal?.code === "no_lessons" ? texts.no_lessons : problems.status}
        >
          {COURSE_STATUSES.map((status) => (
            <option key={status} value={status}>
              {COURSE_STATUS_NAMES[status]}
            </option>
          ))}
        </SelectField>
      </div>
      <TextAreaField
        label="Outcomes"
        name="outcomes"
        rows={6}
        defaultValue={fields.outcomes}
        help="What somebody can do afterwards: one a line, at least three."
        error={problems.outcomes}
      />
      <TextAreaField
        label="What it is about"
        name="description"
        rows={10}
        defaultValue={fields.description}
        help="Markdown."
        error={problems.description}
      />
      <TextAreaField
        label="Who it is for"
        name="audience"
        rows={4}
        defaultValue={fields.audience}
        help="Markdown."
        error={problems.audience}
      />
      <TextAreaField
        label="What one needs before"
        name="prerequisites"
        rows={4}
        defaultValue={fields.prerequisites}
        help="Markdown."
        error={problems.prerequisites}
      />
      <div>
        <Button type="submit" variant="primary" busy={pending} className="max-sm:w-full">
          Save
        </Button>
      </div>
    </form>
  );
}
