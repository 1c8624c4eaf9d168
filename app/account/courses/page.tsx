import type { Metadata } from "next";
import { after } from "next/server";
import { PageHead } from "@/components/layout/page";
import { CourseToolbar, coursesHref } from "@/components/learning/course-toolbar";
import { MyCourseGrid, MyCourseList } from "@/components/learning/my-courses";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState, OpenBook } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { filterMyCourses } from "@/lib/enrollments/filter-my-courses";
import { listMyCourses, type MyCourse } from "@/lib/enrollments/queries";
import { type MyCoursesFilter, myCoursesFilter } from "@/lib/enrollments/schema";
import { requireViewer } from "@/lib/identity/session";
import { settleCompletion } from "@/lib/progress/mutations";

export const metadata: Metadata = { title: "My courses" };

const STATES = ["active", "completed", "ended"] as const;
const stateNames = { active: "Active", completed: "Completed", ended: "Ended" } as const;

/** The learner's library, the course to continue first. Search, filters, order and view stand in the address. */
export default async function MyCoursesPage({ searchParams }: PageProps<"/account/courses">) {
  const filter = myCoursesFilter.parse(await searchParams);
  const viewer = await requireViewer(coursesHref(filter));
  const courses = await listMyCourses(viewer.userId);
  after(async () => {
    for (const { slug, state, completedAt } of courses)
      if (state === "completed" && completedAt === null) await settleCompletion(viewer.userId, slug);
  });
  return (
    <>
      <PageHead title="My courses" aside={<ButtonLink href="/courses">Find another course</ButtonLink>} />
      {courses.length === 0 ? <NoCourses /> : <Library courses={courses} filter={filter} />}
    </>
  );
}

type LibraryProps = { readonly courses: readonly MyCourse[]; readonly filter: MyCoursesFilter };

function Library({ courses, filter }: LibraryProps) {
  const found = filterMyCourses(courses, filter);
  const leading = found.find((course) => course.state === "active")?.slug;
  const groups = STATES.map((state) => ({
    state,
    courses: found.filter((course) => course.state === state),
  })).filter((group) => group.courses.length > 0);
  const Courses = filter.view === "grid" ? MyCourseGrid : MyCourseList;
  return (
    <>
      <CourseToolbar filter={filter} />
      <p role="status" className="text-sm text-ink-muted">
        {found.length} of {courses.length} {courses.length === 1 ? "course" : "courses"}
      </p>
      {groups.map((group) => (
        <section
          key={group.state}
          aria-labelledby={`courses-${group.state}`}
          className="mt-6 [section+&]:mt-10"
        >
          <h2 id={`courses-${group.state}`} className="mb-4 text-lg">
            {stateNames[group.state]}
          </h2>
          <Courses courses={group.courses} label={stateNames[group.state]} leading={leading} />
        </section>
      ))}
      {found.length === 0 ? (
        <Panel dashed className="mt-6">
          <EmptyState
            title="None of your courses matches"
            action={<ButtonLink href="/account/courses">Show all my courses</ButtonLink>}
          >
            Try another word, or take off a filter.
          </EmptyState>
        </Panel>
      ) : null}
    </>
  );
}

function NoCourses() {
  return (
    <Panel dashed>
      <EmptyState
        title="No courses yet"
        figure={<OpenBook />}
        action={
          <ButtonLink href="/courses" variant="primary">
            Browse the courses
          </ButtonLink>
        }
      >
        Courses you buy or join for free appear here, with your place in them. The first lesson of most
        courses can be read before buying.
      </EmptyState>
    </Panel>
  );
}
