import type { Metadata, Route } from "next";
import { z } from "zod";
import { PageHead } from "@/components/layout/page";
import { MyCourseList } from "@/components/learning/my-courses";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState, OpenBook } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { Tabs } from "@/components/ui/tabs";
import { listMyCourses, type MyCourse } from "@/lib/enrollments/queries";
import { requireViewer } from "@/lib/identity/session";

export const metadata: Metadata = { title: "My courses" };

const STATES = ["active", "completed", "ended"] as const;
const stateNames = { active: "Active", completed: "Completed", ended: "Ended" } as const;
const filter = z.enum(STATES).optional().catch(undefined);

/** The learner's library, the course to continue first. */
export default async function MyCoursesPage({ searchParams }: PageProps<"/account/courses">) {
  const show = filter.parse((await searchParams).show);
  const viewer = await requireViewer(show ? `/account/courses?show=${show}` : "/account/courses");
  const courses = await listMyCourses(viewer.userId);
  return (
    <>
      <PageHead title="My courses" aside={<ButtonLink href="/courses">Find another course</ButtonLink>} />
      {courses.length === 0 ? <NoCourses /> : <Library courses={courses} show={show} />}
    </>
  );
}

type LibraryProps = {
  readonly courses: readonly MyCourse[];
  readonly show: (typeof STATES)[number] | undefined;
};

function Library({ courses, show }: LibraryProps) {
  const groups = STATES.map((state) => ({
    state,
    courses: courses.filter((course) => course.state === state),
  }));
  const leading = courses.find((course) => course.state === "active")?.slug;
  const shown = groups.filter((group) => (show ? group.state === show : group.courses.length > 0));
  return (
    <>
      <Tabs
        label="Show"
        tabs={[
          {
            href: "/account/courses" as Route,
            label: "All",
            count: courses.length,
            current: show === undefined,
          },
          ...groups.map((group) => ({
            href: `/account/courses?show=${group.state}` as Route,
            label: stateNames[group.state],
            count: group.courses.length,
            current: show === group.state,
          })),
        ]}
      />
      {shown.map((group) => (
        <section
          key={group.state}
          aria-labelledby={`courses-${group.state}`}
          className="mt-6 [section+&]:mt-10"
        >
          <h2 id={`courses-${group.state}`} className="mb-4 text-lg">
            {stateNames[group.state]}
          </h2>
          {group.courses.length > 0 ? (
            <MyCourseList courses={group.courses} label={stateNames[group.state]} leading={leading} />
          ) : (
            <p className="border-t border-hairline-strong py-5 text-ink-soft">No course is in this state.</p>
          )}
        </section>
      ))}
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
        What you buy or join for free stands here, with your place in it. The first lesson of most courses can
        be read before buying.
      </EmptyState>
    </Panel>
  );
}
