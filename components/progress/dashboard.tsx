import { ArrowRight, Award, Check } from "lucide-react";
import type { Route } from "next";
import type { ReactNode } from "react";
import { CourseCover } from "@/components/catalog/course-cover";
import { SectionHead } from "@/components/layout/page";
import { ButtonLink } from "@/components/ui/button";
import { DateTime } from "@/components/ui/date-time";
import { Link } from "@/components/ui/link";
import { MoreLink } from "@/components/ui/link-button";
import { Progress } from "@/components/ui/progress";
import { COURSE_TYPE_NAMES } from "@/lib/catalog/course-kinds";
import type { MyCourse } from "@/lib/enrollments/queries";
import { PROGRESS_RULE } from "@/lib/learning/course-progress";
import type { Finished } from "@/lib/progress/queries";
import type { TypeProgress } from "@/lib/progress/sum-by-type";

/** Where the reader was, with the page's one filled button. */
export function ContinueCard({ course }: { readonly course: MyCourse }) {
  return (
    <section
      aria-labelledby="continue"
      className="mb-8 grid gap-5 rounded-lg border border-hairline bg-surface p-3 sm:grid-cols-[2fr_3fr] sm:items-center sm:gap-8"
    >
      <div className="aspect-8/5 overflow-hidden rounded-xs">
        <CourseCover slug={course.slug} type={course.courseType} />
      </div>
      <div className="min-w-0 p-2 sm:py-4 sm:pr-6">
        <p className="text-sm font-medium text-ink-soft">
          {course.lastOpenedAt ? "Continue" : "Start"} · {course.title}
        </p>
        <h2 id="continue" className="mt-1">
          {course.continueWith?.title ?? course.title}
        </h2>
        <p className="mt-1 text-ink-soft">
          {course.progress.lessonsCompleted} of {course.progress.lessonsTotal} lessons
          {course.progress.exercisesTotal > 0
            ? `, ${course.progress.exercisesCompleted} of ${course.progress.exercisesTotal} exercises`
            : ""}
        </p>
        <Progress
          value={course.progress.percentage}
          label={`Progress in ${course.title}`}
          className="mt-4 max-w-[24rem]"
        />
        <ButtonLink
          href={`/learn/${course.slug}` as Route}
          variant="primary"
          prefetch={false}
          className="mt-5"
        >
          {course.lastOpenedAt ? "Continue" : "Start"}
          <span className="sr-only"> {course.title}</span>
          <ArrowRight />
        </ButtonLink>
      </div>
    </section>
  );
}

export function ActiveCourses({ courses }: { readonly courses: readonly MyCourse[] }) {
  return (
    <section aria-labelledby="active">
      <SectionHead
        title="Active courses"
        id="active"
        size="small"
        aside={<MoreLink href="/account/courses">All my courses</MoreLink>}
      />
      <ul aria-labelledby="active" className="border-t border-hairline-strong">
        {courses.map((course) => (
          <li key={course.slug} className="grid grid-cols-[6rem_1fr] gap-4 border-b border-hairline py-5">
            <div className="aspect-8/5 self-start overflow-hidden rounded-xs">
              <CourseCover slug={course.slug} type={course.courseType} />
            </div>
            <div className="min-w-0">
              <h3 className="text-line">
                <Link
                  href={`/learn/${course.slug}` as Route}
                  prefetch={false}
                  className="text-inherit no-underline hover:underline"
                >
                  {course.title}
                </Link>
              </h3>
              {course.continueWith ? (
                <p className="text-sm text-ink-soft">Next: {course.continueWith.title}</p>
              ) : null}
              <Progress
                value={course.progress.percentage}
                label={`Progress in ${course.title}`}
                className="mt-1.5"
              />
              {course.lastOpenedAt ? (
                <p className="mt-1 text-xs text-ink-muted">
                  Opened <DateTime at={course.lastOpenedAt} format="date" />
                </p>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Python and SQL apart. */
export function ByLanguage({ types }: { readonly types: readonly TypeProgress[] }) {
  return (
    <section aria-labelledby="language">
      <SectionHead title="By language" id="language" size="small" />
      <dl className="border-t border-hairline-strong">
        {types.map((type) => (
          <div key={type.courseType} className="border-b border-hairline py-4">
            <dt className="flex flex-wrap items-baseline justify-between gap-x-4 font-semibold">
              {COURSE_TYPE_NAMES[type.courseType]}
              <span className="text-sm font-normal text-ink-soft tabular-nums">
                {type.lessonsCompleted} of {type.lessonsTotal} lessons
              </span>
            </dt>
            <dd>
              <Progress
                value={type.percentage}
                label={`Progress in ${COURSE_TYPE_NAMES[type.courseType]}`}
                className="mt-1"
              />
              <p className="mt-1 text-xs text-ink-muted">
                {type.exercisesCompleted} {type.exercisesCompleted === 1 ? "exercise" : "exercises"} passed in{" "}
                {type.courses} {type.courses === 1 ? "course" : "courses"}
              </p>
            </dd>
          </div>
        ))}
      </dl>
      <details className="group/rule text-xs text-ink-muted">
        <summary className="flex min-h-target items-center text-accent hover:underline">
          How this is counted
        </summary>
        <p className="pb-3">{PROGRESS_RULE}</p>
      </details>
    </section>
  );
}

export function RecentlyFinished({ finished }: { readonly finished: readonly Finished[] }) {
  if (finished.length === 0) return null;
  return (
    <section aria-labelledby="recent" className="mt-8">
      <SectionHead title="Recently completed" id="recent" size="small" />
      <ul aria-labelledby="recent" className="border-t border-hairline">
        {finished.map(({ kind, title, href, at }) => (
          <li
            key={`${kind}${href}${title}`}
            className="grid grid-cols-[1.5rem_1fr_auto] items-center gap-x-2 border-b border-hairline text-sm"
          >
            {kind === "course" ? (
              <Award className="size-4! text-accent" />
            ) : (
              <Check className="size-4! text-accent" />
            )}
            <Link
              href={href as Route}
              prefetch={false}
              className="flex min-h-target items-center py-1 text-inherit no-underline hover:underline"
            >
              {kind === "exercise" ? `Exercise: ${title}` : kind === "course" ? `${title}, completed` : title}
            </Link>
            <DateTime at={at} format="date" className="text-xs text-ink-muted" />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What one could do next; never empty. */
export function NextSteps({
  steps,
}: {
  readonly steps: readonly { readonly href: Route; readonly words: ReactNode }[];
}) {
  return (
    <section aria-labelledby="steps" className="mt-8">
      <SectionHead title="Next steps" id="steps" size="small" />
      <ul aria-labelledby="steps" className="border-t border-hairline">
        {steps.map(({ href, words }) => (
          <li key={href} className="border-b border-hairline text-sm">
            <Link
              href={href}
              prefetch={false}
              className="flex min-h-target items-center justify-between gap-3 py-2 text-inherit no-underline hover:underline"
            >
              <span>{words}</span>
              <ArrowRight className="size-4! text-ink-muted" />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
