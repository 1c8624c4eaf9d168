import type { Metadata, Route } from "next";
import { notFound } from "next/navigation";
import { CourseView } from "@/components/catalog/course-view";
import { PageHead } from "@/components/layout/page";
import { BackLink, MoreLink } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { findCoursePreview } from "@/lib/authoring/queries";
import { slug } from "@/lib/catalog/schema";
import { requirePermission } from "@/lib/identity/session";

export const metadata: Metadata = { title: "Preview of a course" };

/** The course's page as visitors see it once it is on sale; nothing in it can be pressed. */
export default async function PreviewPage({ params }: PageProps<"/admin/courses/[course]/preview">) {
  const staff = await requirePermission("courses.see");
  const name = slug.safeParse((await params).course);
  const course = name.success ? await findCoursePreview(staff.userId, name.data) : null;
  if (!course) notFound();
  const first = course.outline[0]?.lessons[0];
  return (
    <>
      <PageHead
        back={<BackLink href={`/admin/courses/${course.slug}` as Route}>{course.title}</BackLink>}
        title="Preview"
      />
      <Notice title="This is how the course’s page looks to visitors" className="mb-6">
        <p>Buttons do nothing here. Lessons open for you as they do for somebody who has the course.</p>
        {first ? (
          <MoreLink href={`/learn/${course.slug}/${first.slug}` as Route}>
            Read it from the first lesson
          </MoreLink>
        ) : null}
      </Notice>
      <div inert className="rounded-lg border border-hairline p-4 lg:p-6">
        <CourseView course={course} heading="h2" />
      </div>
    </>
  );
}
