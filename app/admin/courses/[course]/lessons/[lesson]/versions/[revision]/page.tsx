import type { Metadata, Route } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { FIELD_NAMES } from "@/components/admin/course-names";
import { DiffView } from "@/components/admin/diff-view";
import { RestoreLesson } from "@/components/admin/restore-lesson";
import { Markdown } from "@/components/catalog/markdown";
import { PageHead, SectionHead } from "@/components/layout/page";
import { DateTime } from "@/components/ui/date-time";
import { BackLink } from "@/components/ui/link-button";
import { writeQuiz } from "@/lib/authoring/checked-input";
import { type FormerLesson, findEditableLesson, findFormerText } from "@/lib/authoring/queries";
import { slug } from "@/lib/catalog/schema";
import { requirePermission } from "@/lib/identity/session";

export const metadata: Metadata = { title: "Former text" };

const address = z.object({
  course: slug,
  lesson: slug,
  revision: z.coerce.number().int().min(1).max(2_147_483_647),
});

/** A lesson as it was once, against how it is now. */
export default async function FormerTextPage({
  params,
}: PageProps<"/admin/courses/[course]/lessons/[lesson]/versions/[revision]">) {
  const staff = await requirePermission("courses.edit");
  const named = address.safeParse(await params);
  const lesson = named.success
    ? await findEditableLesson(staff.userId, named.data.course, named.data.lesson)
    : null;
  const former =
    named.success && lesson ? await findFormerText(staff.userId, lesson.id, named.data.revision) : null;
  if (!lesson || !former) notFound();
  const { course } = lesson;
  const [then, now] = [fieldsOf(former), fieldsOf(lesson)];
  const differing = (Object.keys(then) as (keyof typeof then)[]).filter((name) => then[name] !== now[name]);
  return (
    <>
      <PageHead
        back={
          <BackLink href={`/admin/courses/${course.slug}/lessons/${lesson.slug}` as Route}>
            {lesson.title}
          </BackLink>
        }
        title={`Text ${former.revision}`}
        lead={
          <>
            In force until <DateTime at={former.replacedAt} />, replaced by{" "}
            {former.replacedBy ?? "an import of the files"}
          </>
        }
        aside={<RestoreLesson lesson={lesson.id} revision={lesson.revision} former={former.revision} />}
      />
      <section aria-labelledby="differences">
        <SectionHead id="differences" title="What restoring would change" />
        {differing.length === 0 ? (
          <p className="text-ink-soft">Nothing: the lesson says the same now.</p>
        ) : (
          <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
            {differing.map((name) => (
              <div key={name} className="grid grid-cols-[minmax(0,1fr)] gap-2">
                <h3 className="text-base">{FIELD_NAMES[name]}</h3>
                <DiffView
                  label={`${FIELD_NAMES[name]}: from now to then`}
                  before={now[name]}
                  after={then[name]}
                />
              </div>
            ))}
          </div>
        )}
      </section>
      <section aria-labelledby="then" className="mt-10">
        <SectionHead id="then" title="As it was" />
        <div className="rounded-lg border border-hairline bg-surface p-5 lg:p-6">
          <Markdown
            source={former.body}
            idPrefix="then-"
            files={{ base: `/learn/${course.slug}/files/`, pictures: [] }}
          />
        </div>
      </section>
    </>
  );
}

const fieldsOf = (
  text: Pick<FormerLesson, "title" | "summary" | "minutes" | "freePreview" | "body" | "quiz">,
) => ({
  title: text.title,
  summary: text.summary,
  minutes: String(text.minutes),
  freePreview: text.freePreview ? "Yes" : "No",
  body: text.body,
  quiz: writeQuiz(text.quiz),
});
