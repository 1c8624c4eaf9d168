import { ChevronLeft, ChevronRight, ListTree, SunMoon, UnfoldHorizontal } from "lucide-react";
import type { Route } from "next";
import type { ReactNode } from "react";
import { Logo } from "@/components/layout/logo";
import { ThemeSwitch } from "@/components/layout/theme-switch";
import { IconLink } from "@/components/ui/icon-button";
import { Link } from "@/components/ui/link";
import { Progress } from "@/components/ui/progress";
import type { LockedLesson, OpenLesson, OutlineLesson } from "@/lib/learning/queries";
import { LessonKeys } from "./lesson-keys";
import { MeasureSwitch } from "./measure-switch";
import { Outline } from "./outline";

type FrameProps = { readonly lesson: LockedLesson | OpenLesson; readonly children: ReactNode };

/**
 * Header, outline and the lesson's own column; on phones the outline is a closed menu above it. It is drawn once: a
 * `details` before it, which is there on phones only, says whether it is seen.
 */
export function LessonFrame({ lesson, children }: FrameProps) {
  return (
    <>
      <LessonHeader lesson={lesson} />
      <div className="flex-1 lg:grid lg:grid-cols-[18rem_minmax(0,1fr)] lg:items-start">
        <PhoneMenu lesson={lesson} />
        <aside
          aria-label="Course"
          className="max-lg:mx-gutter max-lg:rounded-b-md max-lg:border max-lg:border-t-0 max-lg:border-hairline-strong max-lg:bg-surface max-lg:peer-not-open:hidden lg:sticky lg:top-14 lg:max-h-[calc(100dvh-3.5rem)] lg:overflow-y-auto print:hidden"
        >
          <Outline lesson={lesson} />
        </aside>
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

/** Where a neighbour leads; null at the ends of the course and before a locked lesson. */
export function lessonHref(lesson: LockedLesson | OpenLesson, neighbour: OutlineLesson | null): Route | null {
  return neighbour?.isOpen ? (`/learn/${lesson.course.slug}/${neighbour.slug}` as Route) : null;
}

function LessonHeader({ lesson }: { readonly lesson: LockedLesson | OpenLesson }) {
  const { course, progress, previous, next } = lesson;
  const [before, after] = [lessonHref(lesson, previous), lessonHref(lesson, next)];
  return (
    <header className="sticky top-0 z-header border-b border-hairline bg-paper print:hidden">
      <div className="flex h-14 items-center gap-1 px-4 sm:gap-3">
        <Link
          href={progress ? "/account/courses" : "/courses"}
          aria-label={progress ? "Back to my courses" : "All courses"}
          className="-ml-2 grid size-target flex-none place-items-center"
        >
          <Logo glyph />
        </Link>
        <p className="min-w-0 flex-1 font-serif font-title">
          <Link
            href={`/courses/${course.slug}`}
            className="block truncate leading-[2.75rem] text-inherit no-underline hover:underline"
          >
            {course.title}
          </Link>
        </p>
        {progress ? (
          <Progress
            value={progress.percentage}
            label="Course progress"
            className="w-56 flex-none max-md:hidden"
          />
        ) : null}
        <div className="flex flex-none items-center md:ml-1">
          <MeasureSwitch icon={<UnfoldHorizontal />} />
          <ThemeSwitch icon={<SunMoon />} />
          {before && previous ? (
            <IconLink href={before} prefetch={false} label={`Previous lesson: ${previous.title}`} rel="prev">
              <ChevronLeft />
            </IconLink>
          ) : null}
          {after && next ? (
            <IconLink href={after} prefetch={false} label={`Next lesson: ${next.title}`} rel="next">
              <ChevronRight />
            </IconLink>
          ) : null}
        </div>
      </div>
      <LessonKeys previous={before} next={after} />
    </header>
  );
}

function PhoneMenu({ lesson }: { readonly lesson: LockedLesson | OpenLesson }) {
  const { chapter, place, progress } = lesson;
  return (
    <details className="peer mx-gutter mt-4 rounded-md border border-hairline-strong bg-surface open:rounded-b-none lg:hidden print:hidden">
      <summary className="flex min-h-12 items-center gap-3 px-4 text-sm font-medium">
        Chapter {chapter.number}, lesson {place.number} of {place.of}
        {progress ? (
          <span className="ml-auto font-normal text-ink-muted tabular-nums">{progress.percentage}%</span>
        ) : null}
        <ListTree className={progress ? undefined : "ml-auto"} />
      </summary>
    </details>
  );
}
