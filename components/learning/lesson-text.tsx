import { Markdown } from "@/components/catalog/markdown";
import type { OpenLesson } from "@/lib/learning/lesson";
import { CopyCode } from "./copy-code";

/** A lesson's text: its code can be copied, its headings have addresses, its pictures and downloads come from the course. */
export function LessonText({ lesson }: { readonly lesson: OpenLesson }) {
  const files = { base: `/learn/${lesson.course.slug}/files/`, pictures: lesson.pictures };
  return (
    <>
      <Markdown source={lesson.body} copy anchors files={files} />
      <CopyCode />
    </>
  );
}
