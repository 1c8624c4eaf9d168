import { Award } from "lucide-react";
import type { Route } from "next";
import type { ReactNode } from "react";
import { CourseCover } from "@/components/catalog/course-cover";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { DateTime } from "@/components/ui/date-time";
import { Link } from "@/components/ui/link";
import { Progress } from "@/components/ui/progress";
import type { MyCourse } from "@/lib/enrollments/queries";

type ListProps = {
  readonly courses: readonly MyCourse[];
  readonly label: string;
  /** The course whose button is the page's one filled button. */
  readonly leading: string | undefined;
};

/** Courses with their progress and the way back into them. */
export function MyCourseList({ courses, label, leading }: ListProps) {
  return (
    <ul aria-label={label} className="border-t border-hairline-strong">
      {courses.map((course) => (
        <li
          key={course.slug}
          className="grid grid-cols-[4.5rem_1fr] items-center gap-x-4 gap-y-3 border-b border-hairline py-5 md:grid-cols-[8.5rem_1fr_auto] md:gap-x-6"
        >
          <div className="aspect-8/5 self-start overflow-hidden rounded-xs md:self-center">
            <CourseCover slug={course.slug} type={course.courseType} />
          </div>
          <div className="min-w-0">
            <h3 className="text-line [&_a]:text-inherit [&_a]:no-underline [&_a:hover]:underline">
              <CourseTitle course={course} />
            </h3>
            <State course={course} />
          </div>
          <div className="max-md:col-start-2 md:text-right">
            <Way course={course} isLeading={course.slug === leading} />
          </div>
        </li>
      ))}
    </ul>
  );
}

/** The same as cards, for those who know their books by the cover. */
export function MyCourseGrid({ courses, label, leading }: ListProps) {
  return (
    <ul aria-label={label} className="grid gap-5 sm:grid-cols-2 xl:grid-cols-3">
      {courses.map((course) => (
        <li key={course.slug} className="flex flex-col rounded-lg border border-hairline bg-surface p-3">
          <div className="aspect-8/5 overflow-hidden rounded-xs">
            <CourseCover slug={course.slug} type={course.courseType} />
          </div>
          <h3 className="mt-3 text-line [&_a]:text-inherit [&_a]:no-underline [&_a:hover]:underline">
            <CourseTitle course={course} />
          </h3>
          <div className="mb-4 flex-1">
            <State course={course} />
          </div>
          <Way course={course} isLeading={course.slug === leading} />
        </li>
      ))}
    </ul>
  );
}

function CourseTitle({ course }: { readonly course: MyCourse }): ReactNode {
  if (course.state !== "ended") {
    return (
      <Link href={`/learn/${course.slug}`} prefetch={false}>
        {course.title}
      </Link>
    );
  }
  return course.isOnSale ? <Link href={`/courses/${course.slug}`}>{course.title}</Link> : course.title;
}

function State({ course }: { readonly course: MyCourse }) {
  const { progress, lastOpenedAt, completedAt, continueWith, ended } = course;
  if (ended) {
    return (
      <>
        <Ended course={course} ended={ended} />
        <Certified course={course} />
      </>
    );
  }
  if (course.state === "completed") {
    return (
      <>
        <p className="text-sm text-ink-muted">
          Completed {completedAt ? <DateTime at={completedAt} format="date" /> : null} ·{" "}
          {progress.lessonsTotal} lessons
        </p>
        <Certified course={course} />
        <AccessEnd course={course} />
      </>
    );
  }
  return (
    <>
      <p className="text-sm text-ink-muted">
        {progress.lessonsCompleted} of {progress.lessonsTotal} lessons
        {progress.exercisesTotal > 0
          ? `, ${progress.exercisesCompleted} of ${progress.exercisesTotal} exercises`
          : ""}
        {lastOpenedAt ? (
          <>
            {" "}
            · last opened <DateTime at={lastOpenedAt} format="date" />
          </>
        ) : null}
      </p>
      <Progress
        value={progress.percentage}
        label={`Progress in ${course.title}`}
        className="mt-2 max-w-[26rem]"
      />
      {continueWith && lastOpenedAt ? (
        <p className="mt-1 text-sm text-ink-soft">Next: {continueWith.title}</p>
      ) : null}
      <Certified course={course} />
      <AccessEnd course={course} />
    </>
  );
}

function AccessEnd({ course: { expiresAt } }: { readonly course: MyCourse }) {
  if (!expiresAt) return null;
  return (
    <p className="mt-1 text-sm text-ink-soft">
      Open to you until <DateTime at={expiresAt} />
    </p>
  );
}

/** Plain links: the page and the paper of a certificate that is valid. */
function Certified({ course: { certificateId, title } }: { readonly course: MyCourse }) {
  if (!certificateId) return null;
  return (
    <p className="mt-1 flex flex-wrap items-center gap-x-4 text-sm">
      <Badge tone="success" icon={<Award />}>
        Certificate
      </Badge>
      <Link
        href={`/certificates/${certificateId}`}
        prefetch={false}
        className="inline-flex min-h-target items-center"
      >
        View<span className="sr-only"> the certificate of {title}</span>
      </Link>
      <a href={`/certificates/${certificateId}/pdf`} className="inline-flex min-h-target items-center">
        PDF<span className="sr-only"> of the certificate of {title}</span>
      </a>
    </p>
  );
}

function Ended({
  course,
  ended,
}: {
  readonly course: MyCourse;
  readonly ended: NonNullable<MyCourse["ended"]>;
}) {
  if (ended.reason === "suspended") return <Paused since={ended.at} />;
  const words = { refunded: "Refunded", revoked: "Access ended", expired: "Access ended" }[ended.reason];
  return (
    <p className="text-sm text-ink-muted">
      {words} <DateTime at={ended.at} format="date" />.
      {course.isOnSale ? " Your progress is kept if you come back." : " The course is not offered any more."}
    </p>
  );
}

function Paused({ since }: { readonly since: Date }) {
  return (
    <p className="text-sm text-ink-muted">
      Paused <DateTime at={since} format="date" />: your bank has asked this payment back. The course opens
      again, with your progress, when the bank decides for the payment.
    </p>
  );
}

function Way({ course, isLeading }: { readonly course: MyCourse; readonly isLeading: boolean }) {
  if (course.state === "ended") {
    if (!course.isOnSale) return null;
    return (
      <ButtonLink href={`/courses/${course.slug}`} variant="quiet">
        See the course
      </ButtonLink>
    );
  }
  const verb = course.state === "completed" ? "Read again" : course.lastOpenedAt ? "Continue" : "Start";
  return (
    <ButtonLink
      href={`/learn/${course.slug}` as Route}
      variant={isLeading ? "primary" : "secondary"}
      prefetch={false}
    >
      {verb}
      <span className="sr-only"> {course.title}</span>
    </ButtonLink>
  );
}
