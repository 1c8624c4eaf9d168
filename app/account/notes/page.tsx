import type { Metadata, Route } from "next";
import { PageHead } from "@/components/layout/page";
import { ButtonLink } from "@/components/ui/button";
import { DateTime } from "@/components/ui/date-time";
import { EmptyState, OpenBook } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import { Tabs } from "@/components/ui/tabs";
import { slug } from "@/lib/catalog/schema";
import { requireViewer } from "@/lib/identity/session";
import { type LessonNote, listCourseNotes, listNotedCourses, type NotedCourse } from "@/lib/notes/queries";

export const metadata: Metadata = { title: "Notes" };

/** What the learner wrote beside lessons, one course at a time. */
export default async function NotesPage({ searchParams }: PageProps<"/account/notes">) {
  const wanted = slug.safeParse((await searchParams).course).data;
  const viewer = await requireViewer(wanted ? `/account/notes?course=${wanted}` : "/account/notes");
  const courses = await listNotedCourses(viewer.userId);
  const course = courses.find((one) => one.slug === wanted) ?? courses[0];
  return (
    <>
      <PageHead title="Notes" lead="Written beside your lessons. Only you can read them." />
      {course ? (
        <>
          <Tabs
            label="Course"
            tabs={courses.map((one) => ({
              href: `/account/notes?course=${one.slug}` as Route,
              label: one.title,
              count: one.notes,
              current: one.slug === course.slug,
            }))}
          />
          <NoteList course={course} notes={await listCourseNotes(viewer.userId, course.slug)} />
        </>
      ) : (
        <NoNotes />
      )}
    </>
  );
}

function NoteList({
  course,
  notes,
}: {
  readonly course: NotedCourse;
  readonly notes: readonly LessonNote[];
}) {
  return (
    <ol aria-label={`Notes on ${course.title}`} className="mt-2">
      {notes.map((note) => (
        <li key={note.lesson} className="border-b border-hairline py-5">
          <h2 className="text-line">
            <Link
              href={`/learn/${course.slug}/${note.lesson}#note`}
              prefetch={false}
              className="text-inherit no-underline hover:underline"
            >
              {note.title}
            </Link>
          </h2>
          <p className="mt-2 max-w-prose wrap-anywhere whitespace-pre-wrap">{note.body}</p>
          <p className="mt-2 text-xs text-ink-muted">
            Written <DateTime at={note.updatedAt} />
          </p>
        </li>
      ))}
    </ol>
  );
}

function NoNotes() {
  return (
    <Panel dashed>
      <EmptyState
        title="No notes yet"
        figure={<OpenBook />}
        action={<ButtonLink href="/account/courses">My courses</ButtonLink>}
      >
        At the end of each lesson there is room to write. What you write is saved as you type and collected
        here.
      </EmptyState>
    </Panel>
  );
}
