import type { Metadata } from "next";
import { CourseCard } from "@/components/catalog/course-card";
import { CourseFilters } from "@/components/catalog/course-filters";
import { CoursesJsonLd } from "@/components/catalog/course-json-ld";
import { CardGrid, Container, PageTitle } from "@/components/layout/page";
import { EmptyState, OpenBook } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { formatCount } from "@/lib/catalog/format-duration";
import { listTypes } from "@/lib/catalog/list-types";
import { readShelf } from "@/lib/catalog/shelf";

export const dynamic = "force-static";
export const revalidate = 3600;

export const metadata: Metadata = {
  title: "Courses",
  description:
    "All courses in Python and SQL, with their level, length and price. Some are free, and each can be tried before it is bought.",
  alternates: { canonical: "/courses" },
};

export default async function CoursesPage() {
  const { courses } = await readShelf();
  return (
    <Container>
      <CoursesJsonLd courses={courses} />
      <PageTitle title="Courses" />
      <CourseFilters types={listTypes(courses)} />
      <div className="mt-6 mb-4 flex flex-wrap justify-between gap-x-4 text-sm text-ink-soft">
        <p>{formatCount(courses.length, "course")}</p>
        <p className="text-ink-muted">Prices are paid once</p>
      </div>
      {courses.length > 0 ? (
        <CardGrid>
          {courses.map((course) => (
            <CourseCard key={course.slug} course={course} />
          ))}
        </CardGrid>
      ) : (
        <Panel dashed>
          <EmptyState title="No course is on sale yet" figure={<OpenBook />}>
            <p>Courses appear here as soon as they are published.</p>
          </EmptyState>
        </Panel>
      )}
    </Container>
  );
}
