import { Check } from "lucide-react";
import { SectionHead } from "@/components/layout/page";
import { COURSE_LEVEL_NAMES } from "@/lib/catalog/course-kinds";
import { formatCount, formatDuration } from "@/lib/catalog/format-duration";
import type { CoursePage } from "@/lib/catalog/queries";
import { BuyBox } from "./buy-box";
import { CourseOutline } from "./course-outline";
import { InlineCode } from "./inline-code";
import { Markdown } from "./markdown";

type ViewProps = {
  readonly course: CoursePage;
  /** `h2` where the page has a heading of its own: the preview of staff. */
  readonly heading?: "h1" | "h2";
};

/** What a course's page says before buying, with the box to buy it. */
export function CourseView({ course, heading = "h1" }: ViewProps) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8 pt-2 lg:grid-cols-[minmax(0,1fr)_22rem] lg:grid-rows-[auto_1fr] lg:gap-16 lg:pt-4">
      <CourseHero course={course} heading={heading} />
      <div className="lg:sticky lg:top-24 lg:col-start-2 lg:row-span-2 lg:row-start-1 lg:self-start">
        <BuyBox course={course} />
      </div>
      <CourseBody course={course} />
    </div>
  );
}

function CourseHero({ course, heading: Heading }: Required<ViewProps>) {
  const facts = [
    ["Level", COURSE_LEVEL_NAMES[course.level]],
    ["Time", formatDuration(course.minutes)],
    ["Lessons", String(course.lessons)],
    ["Exercises", String(course.exercises)],
  ] as const;
  return (
    <div>
      <Heading className="text-4xl font-display">{course.title}</Heading>
      <p className="mt-4 max-w-[36rem] text-lg leading-normal text-ink-soft">
        <InlineCode>{course.summary}</InlineCode>
      </p>
      <dl className="mt-6 grid grid-cols-2 gap-4 border-y border-hairline py-4 md:flex md:gap-12">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt className="text-xs text-ink-muted">{name}</dt>
            <dd className="font-medium tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function CourseBody({ course }: { readonly course: CoursePage }) {
  const chapters = formatCount(course.outline.length, "chapter");
  const lessons = formatCount(course.lessons, "lesson");
  return (
    <div className="space-y-12">
      <section aria-labelledby="outcomes">
        <SectionHead id="outcomes" title="What you will be able to do" />
        <ul className="grid gap-x-10 gap-y-3 md:grid-cols-2 md:gap-y-4">
          {course.outcomes.map((outcome) => (
            <li key={outcome} className="flex gap-3">
              <Check className="mt-0.5 flex-none text-accent" />
              <span>
                <InlineCode>{outcome}</InlineCode>
              </span>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="outline">
        <SectionHead
          id="outline"
          title="Outline"
          aside={
            <p className="text-sm text-ink-muted tabular-nums">
              {chapters} · {lessons} · {formatDuration(course.minutes)}
            </p>
          }
        />
        <CourseOutline course={course} />
      </section>
      <section aria-labelledby="about">
        <SectionHead id="about" title="What it is about" />
        <Markdown source={course.description} idPrefix="about-" className="text-base" />
      </section>
      <section aria-labelledby="audience">
        <SectionHead id="audience" title="Who it is for" />
        <Markdown source={course.audience} idPrefix="audience-" className="text-base" />
      </section>
      <section aria-labelledby="prerequisites">
        <SectionHead id="prerequisites" title="What you need before" />
        <Markdown source={course.prerequisites} idPrefix="prerequisites-" className="text-base" />
      </section>
    </div>
  );
}
