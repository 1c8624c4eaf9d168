import type { Metadata } from "next";
import { CourseCard } from "@/components/catalog/course-card";
import { ActiveFilters, CourseFilters } from "@/components/catalog/course-filters";
import { CardGrid, Container, PageTitle } from "@/components/layout/page";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { listCourseTypes, searchCourses } from "@/lib/catalog/queries";
import { type CourseSearch, courseSearch } from "@/lib/catalog/schema";
import { searchHref } from "@/lib/catalog/search-href";

export const metadata: Metadata = { title: "Search the courses", robots: { index: false, follow: true } };

/** The one dynamic page of the shelf: its address holds all that was asked. */
export default async function CourseSearchPage({ searchParams }: PageProps<"/courses/search">) {
  const search = courseSearch.parse(await searchParams);
  const [{ courses, total, next }, types] = await Promise.all([searchCourses(search), listCourseTypes()]);
  return (
    <Container>
      <PageTitle title="Courses" />
      <CourseFilters search={search} types={types} />
      <ActiveFilters search={search} />
      <p role="status" className="mt-6 mb-4 text-sm text-ink-soft">
        {total === 1 ? "1 course matches" : `${total} courses match`}
      </p>
      {courses.length > 0 ? (
        <CardGrid>
          {courses.map((course) => (
            <CourseCard key={course.slug} course={course} />
          ))}
        </CardGrid>
      ) : (
        <NoMatch search={search} />
      )}
      <Pages search={search} next={next} />
    </Container>
  );
}

function NoMatch({ search }: { readonly search: CourseSearch }) {
  const narrowed = [search.type, search.level, search.price].some(Boolean);
  return (
    <Panel dashed>
      <EmptyState
        title={search.q ? `Nothing found for “${search.q}”` : "No course matches"}
        action={
          <>
            {search.q && narrowed ? (
              <ButtonLink href={searchHref({ q: search.q })}>Search without the filters</ButtonLink>
            ) : null}
            <ButtonLink href="/courses" variant="primary">
              Show all courses
            </ButtonLink>
          </>
        }
      >
        <p>
          {search.q
            ? "Try fewer or other words: a topic, such as “loops” or “joins”."
            : "Try it with one filter fewer."}
        </p>
      </EmptyState>
    </Panel>
  );
}

/** Keyset pages: on from here, or back to the beginning. */
function Pages({ search, next }: { readonly search: CourseSearch; readonly next: string | null }) {
  if (!next && !search.after) return null;
  return (
    <nav aria-label="Pages" className="mt-8 flex justify-center gap-3">
      {search.after ? (
        <ButtonLink href={searchHref({ ...search, after: undefined })}>First page</ButtonLink>
      ) : null}
      {next ? <ButtonLink href={searchHref({ ...search, after: next })}>More courses</ButtonLink> : null}
    </nav>
  );
}
