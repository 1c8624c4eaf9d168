import { Download, Eye } from "lucide-react";
import type { Metadata, Route } from "next";
import { notFound } from "next/navigation";
import { CourseForm } from "@/components/admin/course-form";
import { nameFields } from "@/components/admin/course-names";
import { CourseOrder } from "@/components/admin/course-order";
import { CourseStatusButtons } from "@/components/admin/course-status";
import { CourseStatusBadge } from "@/components/admin/course-table";
import { PageHead, SectionHead } from "@/components/layout/page";
import { ButtonLink } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { DateTime } from "@/components/ui/date-time";
import { BackLink } from "@/components/ui/link-button";
import { Money } from "@/components/ui/money";
import { Stat, Stats } from "@/components/ui/stats";
import { AUDIT_ACTIONS } from "@/lib/audit/schema";
import { type EditableCourse, findEditableCourse } from "@/lib/authoring/queries";
import { slug } from "@/lib/catalog/schema";
import { requirePermission } from "@/lib/identity/session";
import { formatDecimal } from "@/lib/money";
import { roleMay } from "@/lib/permissions";

export const metadata: Metadata = { title: "Course" };

/** One course: what its page says, what it costs, and what is in it. */
export default async function CoursePage({ params }: PageProps<"/admin/courses/[course]">) {
  const staff = await requirePermission("courses.see");
  const name = slug.safeParse((await params).course);
  const course = name.success ? await findEditableCourse(staff.userId, name.data) : null;
  if (!course) notFound();
  const mayEdit = roleMay(staff.role, "courses.edit");
  const lessons = course.chapters.flatMap((chapter) => chapter.lessons);
  return (
    <>
      <PageHead
        back={<BackLink href="/admin/courses">All courses</BackLink>}
        title={course.title}
        lead={course.slug}
        aside={
          <div className="flex flex-wrap items-center gap-3">
            <CourseStatusBadge status={course.status} />
            <ButtonLink href={`/admin/courses/${course.slug}/preview` as Route}>
              <Eye />
              Preview
            </ButtonLink>
            {mayEdit ? (
              <>
                <a
                  href={`/admin/content/folder?course=${course.slug}`}
                  download
                  className={buttonClass({ size: "medium" })}
                >
                  <Download />
                  Export
                </a>
                <CourseStatusButtons
                  course={course.id}
                  title={course.title}
                  version={course.version}
                  status={course.status}
                  learners={course.learners}
                />
              </>
            ) : null}
          </div>
        }
      />
      <Stats>
        <Stat label="Price" value={<Money amount={course.priceAmount} currency={course.currency} />} />
        <Stat label="Learners" value={course.learners} />
        <Stat label="Orders placed" value={course.ordered} />
        <Stat label="Lessons" value={lessons.length} />
      </Stats>
      {course.editedFields.length > 0 ? (
        <p className="mt-3 text-sm text-ink-muted">
          Changed here, and kept when the files are imported: {nameFields(course.editedFields)}.
        </p>
      ) : null}
      <section aria-labelledby="outline" className="mt-10">
        <SectionHead id="outline" title="Chapters and lessons" />
        <CourseOrder
          course={course.id}
          slug={course.slug}
          version={course.version}
          chapters={course.chapters}
          mayEdit={mayEdit}
        />
      </section>
      {mayEdit ? (
        <section aria-labelledby="page" className="mt-10">
          <SectionHead id="page" title="The course’s page" />
          <CourseForm
            course={course.id}
            slug={course.slug}
            version={course.version}
            currency={course.currency}
            saved={fieldsOf(course)}
          />
        </section>
      ) : null}
      <Changes course={course} />
    </>
  );
}

const fieldsOf = (course: EditableCourse) => ({
  title: course.title,
  summary: course.summary,
  level: course.level,
  price: formatDecimal(course.priceAmount, course.currency),
  status: course.status,
  outcomes: course.outcomes.join("\n"),
  description: course.description,
  audience: course.audience,
  prerequisites: course.prerequisites,
});

function Changes({ course: { changes } }: { readonly course: EditableCourse }) {
  if (changes.length === 0) return null;
  return (
    <section aria-labelledby="changes" className="mt-10">
      <SectionHead id="changes" title="Changes by staff" />
      <ul className="divide-y divide-hairline border-y border-hairline text-sm">
        {changes.map((change) => {
          const after = change.detail.after ?? {};
          const what = after.lesson ? `, ${after.lesson}` : "";
          const fields = Array.isArray(after.changed)
            ? after.changed
            : Object.keys(change.detail.before ?? {});
          return (
            <li key={change.number} className="flex flex-wrap items-baseline justify-between gap-x-4 py-2">
              <span>
                {AUDIT_ACTIONS[change.action]}
                {what}
                {fields.length > 0 ? `: ${nameFields(fields).toLowerCase()}` : null}
              </span>
              <span className="text-ink-muted">
                {change.actor ?? "An account that is gone"}, <DateTime at={change.at} format="short" />
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
