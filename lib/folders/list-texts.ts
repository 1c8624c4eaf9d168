import { stringify } from "yaml";
import { type CoursePlan, changedFields } from "@/lib/catalog/plan-import";

/** A text that an upload would replace. Values that are no text are written as YAML, as in the files. */
export type ChangedText = {
  /** `data-structures` or `data-structures/sets-and-tuples`. */
  readonly path: string;
  readonly field: string;
  readonly before: string;
  readonly after: string;
};

/** Numbers that a reader learns nothing from. */
const UNREAD = new Set(["position", "keywords"]);

/** What a course, its lessons and exercises say now, and what they would say: every field that differs. */
export function listTexts({ stored, wanted, lessons, exercises }: CoursePlan): ChangedText[] {
  if (!stored) return [];
  const { slug } = wanted.course;
  const of = <R extends { readonly id: string }>(rows: readonly R[], id: string) =>
    rows.find((row) => row.id === id);
  return [
    ...compare(slug, changedFields(wanted.course, stored.course), wanted.course, stored.course),
    ...lessons.update.flatMap(({ id, row, fields }) =>
      compare(`${slug}/${row.slug}`, fields, row, of(stored.lessons, id)),
    ),
    // All other fields of an exercise are parts of its definition.
    ...exercises.update.flatMap(({ id, row, fields }) =>
      compare(
        `${slug}/${row.slug}`,
        fields.filter((field) => field === "definition"),
        row,
        of(stored.exercises, id),
      ),
    ),
  ];
}

function compare<R extends object>(path: string, fields: readonly string[], wanted: R, stored?: R) {
  const read = (row: R | undefined, field: string) => inWords(row?.[field as keyof R] ?? "");
  return fields
    .filter((field) => !UNREAD.has(field))
    .map((field) => ({ path, field, before: read(stored, field), after: read(wanted, field) }));
}

const inWords = (value: unknown) => (typeof value === "string" ? value : stringify(value));

/** Characters. What is beyond is named as changed, and read in the files. */
export const MOST_SHOWN = 400_000;

/** As many texts as an answer has room for, whole ones only. */
export function cutTexts(texts: readonly ChangedText[], room = MOST_SHOWN): ChangedText[] {
  let left = room;
  return texts.filter(({ before, after }) => {
    const size = before.length + after.length;
    if (size > left) return false;
    left -= size;
    return true;
  });
}
