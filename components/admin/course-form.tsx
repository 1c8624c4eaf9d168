"use client";

import { SelectField, TextField } from "@/components/ui/field";
import { TextAreaField } from "@/components/ui/text-area";
import type { CommonRejection } from "@/lib/action";
import { editCourseAction } from "@/lib/authoring/actions";
import type { EditCourseRejection } from "@/lib/authoring/schema";
import { COURSE_LEVEL_NAMES, COURSE_LEVELS, COURSE_STATUSES } from "@/lib/catalog/course-kinds";
import { commonTexts } from "./common-texts";
import { COURSE_STATUS_NAMES } from "./course-names";
import { EditForm } from "./edit-form";
import type { TextFields } from "./follow-saved";
import { MarkdownField } from "./markdown-field";
import { PriceField, priceTexts } from "./price-field";

const textsIn = (currency: string) =>
  ({
    ...commonTexts,
    unknown_course: "This course is not there any more.",
    changed_meanwhile:
      "Somebody else has changed this course in the meantime. Saving yours undoes nothing of theirs: save it again.",
    no_lessons: "A course without lessons cannot be on sale.",
    ...priceTexts(currency),
  }) satisfies Record<EditCourseRejection | CommonRejection, string>;

type Props = {
  readonly course: string;
  readonly slug: string;
  readonly version: number;
  readonly currency: string;
  /** As saved now, by the names of the form's fields. */
  readonly saved: TextFields;
};

/** What the course's page says, its price and its status. */
export function CourseForm({ course, slug, version, currency, saved }: Props) {
  const texts = textsIn(currency);
  return (
    <EditForm
      action={editCourseAction}
      about={{ course }}
      version={["version", version]}
      versionAfter={(value) => value.version}
      saved={saved}
      yielding={["status"]}
      texts={texts}
      failed="The course was not saved"
      done="The course is saved."
    >
      {(fields, refusal) => (
        <>
          <TextField
            label="Title"
            name="title"
            defaultValue={fields.title}
            maxLength={120}
            autoComplete="off"
            error={refusal?.fields?.title}
          />
          <TextField
            label="Summary"
            name="summary"
            defaultValue={fields.summary}
            maxLength={200}
            autoComplete="off"
            help="Stands on the course’s card: at most 200 characters."
            error={refusal?.fields?.summary}
          />
          <div className="grid gap-4 sm:grid-cols-3">
            <PriceField
              saved={fields.price ?? ""}
              currency={currency}
              error={
                refusal?.code === "bad_price" || refusal?.code === "below_minimum"
                  ? texts[refusal.code]
                  : refusal?.fields?.price
              }
            />
            <SelectField
              label="Level"
              name="level"
              defaultValue={fields.level}
              error={refusal?.fields?.level}
            >
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
              error={refusal?.code === "no_lessons" ? texts.no_lessons : refusal?.fields?.status}
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
            error={refusal?.fields?.outcomes}
          />
          <MarkdownField
            label="What it is about"
            name="description"
            rows={10}
            slug={slug}
            saved={fields.description}
            error={refusal?.fields?.description}
          />
          <MarkdownField
            label="Who it is for"
            name="audience"
            rows={4}
            slug={slug}
            saved={fields.audience}
            error={refusal?.fields?.audience}
          />
          <MarkdownField
            label="What one needs before"
            name="prerequisites"
            rows={4}
            slug={slug}
            saved={fields.prerequisites}
            error={refusal?.fields?.prerequisites}
          />
        </>
      )}
    </EditForm>
  );
}
