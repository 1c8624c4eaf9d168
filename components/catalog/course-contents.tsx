import { Link } from "@/components/ui/link";
import { Price } from "@/components/ui/money";
import { COURSE_LEVEL_NAMES, COURSE_TYPE_NAMES, COURSE_TYPES } from "@/lib/catalog/course-kinds";
import { formatCount, formatDuration } from "@/lib/catalog/format-duration";
import type { CourseCard } from "@/lib/catalog/queries";

/** The courses as a book's table of contents: one column for each type, title and price on a line. */
export function CourseContents({ courses }: { readonly courses: readonly CourseCard[] }) {
  const columns = COURSE_TYPES.map((type) => ({
    type,
    held: courses.filter((course) => course.type === type),
  }));
  return (
    <div className="grid gap-x-20 gap-y-10 lg:grid-cols-2">
      {columns.map(({ type, held }) =>
        held.length > 0 ? (
          <div key={type}>
            <h3 className="border-b border-ink pb-3">{COURSE_TYPE_NAMES[type]}</h3>
            <ul>
              {held.map((course) => (
                <ContentsLine key={course.slug} course={course} />
              ))}
            </ul>
          </div>
        ) : null,
      )}
    </div>
  );
}

function ContentsLine({ course }: { readonly course: CourseCard }) {
  return (
    <li>
      <Link
        href={`/courses/${course.slug}`}
        prefetch={false}
        className="group grid min-h-target grid-cols-[1fr_auto] items-baseline gap-x-4 gap-y-0.5 border-b border-hairline py-3 text-inherit no-underline"
      >
        <span className="font-serif text-line font-medium transition-colors group-hover:text-accent">
          {course.title}
        </span>
        <Price amount={course.priceAmount} currency={course.currency} />
        <span className="col-span-2 text-xs text-ink-muted tabular-nums">
          {COURSE_LEVEL_NAMES[course.level]}, {formatCount(course.lessons, "lesson")},{" "}
          {formatDuration(course.minutes)}
        </span>
      </Link>
    </li>
  );
}
