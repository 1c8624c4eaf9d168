import type { Route } from "next";
import type { ReactNode } from "react";
import type { LockedLesson, OpenLesson, OutlineLesson } from "@/lib/learning/lesson";
import { LessonHeader, type Neighbour } from "./lesson-header";
import { LessonMenu } from "./lesson-menu";

type FrameProps = { readonly lesson: LockedLesson | OpenLesson; readonly children: ReactNode };

/** Header, outline and the lesson's own column. */
export function LessonFrame({ lesson, children }: FrameProps) {
  const { course, chapter, place, progress } = lesson;
  const percentage = progress?.percentage ?? null;
  return (
    <>
      <LessonHeader
        course={course.slug}
        title={course.title}
        percentage={percentage}
        {...neighboursOf(lesson)}
      />
      <div className="flex-1 lg:grid lg:grid-cols-[18rem_minmax(0,1fr)] lg:items-start">
        <LessonMenu
          course={course.slug}
          lesson={lesson.slug}
          chapters={lesson.outline}
          place={{ chapter: chapter.number, ...place }}
          percentage={percentage}
        />
        <main
          id="main"
          tabIndex={-1}
          data-lesson
          className="min-w-0 self-stretch px-gutter pt-6 pb-12 outline-none lg:min-h-[calc(100dvh-3.5rem)] lg:border-l lg:border-hairline lg:px-12 lg:pt-12 lg:pb-16 xl:pl-16 print:border-0 *:max-w-(--container-lesson)"
        >
          {children}
        </main>
      </div>
    </>
  );
}

/** What is before and after a lesson; null at the ends of the course and before a locked lesson. */
export function neighboursOf({ course, previous, next }: LockedLesson | OpenLesson) {
  const open = (entry: OutlineLesson | null): Neighbour | null =>
    entry?.isOpen ? { href: `/learn/${course.slug}/${entry.slug}` as Route, title: entry.title } : null;
  return { previous: open(previous), next: open(next) };
}
