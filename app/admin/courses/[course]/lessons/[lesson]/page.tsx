import { BookOpen } from "lucide-react";
import type { Metadata, Route } from "next";
import { notFound } from "next/navigation";
import { LessonForm } from "@/components/admin/lesson-form";
import { PageHead, SectionHead } from "@/components/layout/page";
import { ButtonLink } from "@/components/ui/button";
import { DateTime } from "@/components/ui/date-time";
import { Link } from "@/components/ui/link";
import { BackLink } from "@/components/ui/link-button";
import { writeQuiz } from "@/lib/authoring/checked-input";
import { type EditableLesson, findEditableLesson } from "@/lib/authoring/queries";
import { slug } from "@/lib/catalog/schema";
import { requirePermission } from "@/lib/identity/session";

export const metadata: Metadata = { title: "Lesson" };

/** One lesson to write, with its preview and what it said before. */
export default async function LessonPage({ params }: PageProps<"/admin/courses/[course]/lessons/[lesson]">) {
  const staff = await requirePermission("courses.edit");
  const named = await params;
  const isNamed = slug.safeParse(named.course).success && slug.safeParse(named.lesson).success;
  const lesson = isNamed ? await findEditableLesson(staff.userId, named.course, named.lesson) : null;
  if (!lesson) notFound();
  const { course } = lesson;
  return (
    <>
      <PageHead
        back={<BackLink href={`/admin/courses/${course.slug}` as Route}>{course.title}</BackLink>}
        title={lesson.title}
        lead={`Text ${lesson.revision}`}
        aside={
          <ButtonLink href={`/learn/${course.slug}/${lesson.slug}` as Route}>
            <BookOpen />
            Read as a learner
          </ButtonLink>
        }
      />
      <LessonForm
        lesson={lesson.id}
        course={course.slug}
        revision={lesson.revision}
        saved={fieldsOf(lesson)}
      />
      {lesson.exercises.length > 0 ? (
        <p className="mt-6 text-sm text-ink-muted">
          Its exercises ({lesson.exercises.map(({ title }) => title).join(", ")}) are changed in the files of
          the course: <Link href="/admin/content">export, edit, import</Link>.
        </p>
      ) : null}
      <FormerTexts lesson={lesson} />
    </>
  );
}

const fieldsOf = (lesson: EditableLesson) => ({
  title: lesson.title,
  minutes: String(lesson.minutes),
  summary: lesson.summary,
  freePreview: lesson.freePreview ? "on" : "",
  body: lesson.body,
  quiz: writeQuiz(lesson.quiz),
});

function FormerTexts({ lesson }: { readonly lesson: EditableLesson }) {
  return (
    <section aria-labelledby="former" className="mt-10">
      <SectionHead id="former" title="Former texts" />
      {lesson.former.length === 0 ? (
        <p className="text-ink-soft">None yet: every save keeps the text that it replaces here.</p>
      ) : (
        <ul className="divide-y divide-hairline border-y border-hairline text-sm">
          {lesson.former.map((former) => (
            <li key={former.revision} className="flex flex-wrap items-center justify-between gap-x-4">
              <Link
                href={
                  `/admin/courses/${lesson.course.slug}/lessons/${lesson.slug}/versions/${former.revision}` as Route
                }
                prefetch={false}
                className="inline-flex min-h-target items-center"
              >
                Text {former.revision}
              </Link>
              <span className="text-ink-muted">
                until <DateTime at={former.replacedAt} format="short" />, replaced by{" "}
                {former.replacedBy ?? "an import of the files"}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
