import { createHash } from "node:crypto";
import { renderDressed } from "@/components/catalog/markdown";
import type { OpenLesson } from "@/lib/learning/lesson";
import { CopyCode } from "./copy-code";
import { SentText } from "./sent-text";
import { keepText } from "./text-store";

type LessonTextProps = {
  readonly lesson: OpenLesson;
  /** Whether a whole document is made, which has the text, and not what changes the page that is open. */
  readonly isDocument: boolean;
};

/** A lesson's text: its code can be copied, its headings have addresses, its pictures and downloads come from the course. */
export function LessonText({ lesson, isDocument }: LessonTextProps) {
  const files = { base: `/learn/${lesson.course.slug}/files/`, pictures: lesson.pictures };
  const html = renderDressed(lesson.body, { copy: true, anchors: true, files });
  const name = `text-${createHash("sha256").update(html).digest("base64url").slice(0, 22)}`;
  keepText(name, html);
  return (
    <>
      <SentText name={name} html={isDocument ? null : html} />
      <CopyCode />
    </>
  );
}
