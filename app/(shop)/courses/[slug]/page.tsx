import { Check } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { BuyBar, BuyBox } from "@/components/catalog/buy-box";
import { CourseCard } from "@/components/catalog/course-card";
import { CourseJsonLd } from "@/components/catalog/course-json-ld";
import { CourseOutline } from "@/components/catalog/course-outline";
import { InlineCode, withoutMarks } from "@/components/catalog/inline-code";
import { Markdown } from "@/components/catalog/markdown";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { CardGrid, Container, Section, SectionHead } from "@/components/layout/page";
import { Prose } from "@/components/ui/prose";
import { formatCount, formatDuration } from "@/lib/catalog/format-duration";
import { type CoursePage, findCourse } from "@/lib/catalog/queries";
import { COURSE_LEVEL_NAMES, COURSE_TYPE_NAMES } from "@/lib/catalog/schema";
import { searchHref } from "@/lib/catalog/search-href";

export const dynamic = "force-static";
export const revalidate = 3600;

/** None at build time, when there is no database: each is made at its first request and kept. */
export function generateStaticParams(): { slug: string }[] {
  return [];
}

const readCourse = cache(findCourse);

export async function generateMetadata({ params }: PageProps<"/courses/[slug]">): Promise<Metadata> {
  const course = await readCourse((await params).slug);
  if (!course) notFound();
  const description = withoutMarks(course.summary);
  const path = `/courses/${course.slug}`;
  return {
    title: course.title,
    description,
    alternates: { canonical: path },
    openGraph: { title: course.title, description, url: path, type: "website" },
    twitter: { card: "summary_large_image" },
  };
}

export default async function CoursePageView({ params }: PageProps<"/courses/[slug]">) {
  const course = await readCourse((await params).slug);
  if (!course) notFound();
  const type = COURSE_TYPE_NAMES[course.type];
  return (
    <>
      <CourseJsonLd course={course} />
      <Container className="pt-2">
        <Breadcrumbs
          items={[
            { label: "Courses", href: "/courses" },
            { label: type, href: searchHref({ type: course.type }) },
          ]}
        />
        <div className="grid grid-cols-[minmax(0,1fr)] gap-8 pt-2 lg:grid-cols-[minmax(0,1fr)_22rem] lg:grid-rows-[auto_1fr] lg:gap-16 lg:pt-4">
          <CourseHero course={course} />
          <div className="lg:sticky lg:top-24 lg:col-start-2 lg:row-span-2 lg:row-start-1 lg:self-start">
            <BuyBox course={course} />
          </div>
          <CourseBody course={course} />
        </div>
        <RelatedCourses course={course} />
      </Container>
      <BuyBar course={course} />
    </>
  );
}

function CourseHero({ course }: { readonly course: CoursePage }) {
  const facts = [
    ["Level", COURSE_LEVEL_NAMES[course.level]],
    ["Time", formatDuration(course.minutes)],
    ["Lessons", String(course.lessons)],
    ["Exercises", String(course.exercises)],
  ] as const;
  return (
    <div>
      <h1 className="text-4xl font-display">{course.title}</h1>
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
        <Prose className="text-base">
          <Markdown source={course.description} idPrefix="about-" />
        </Prose>
      </section>
      <section aria-labelledby="audience">
        <SectionHead id="audience" title="Who it is for" />
        <Prose className="text-base">
          <Markdown source={course.audience} idPrefix="audience-" />
        </Prose>
      </section>
      <section aria-labelledby="prerequisites">
        <SectionHead id="prerequisites" title="What you need before" />
        <Prose className="text-base">
          <Markdown source={course.prerequisites} idPrefix="prerequisites-" />
        </Prose>
      </section>
    </div>
  );
}

function RelatedCourses({ course }: { readonly course: CoursePage }) {
  if (course.related.length === 0) return null;
  return (
    <Section labelledBy="related" className="pb-0!">
      <SectionHead id="related" title="Goes well with it" size="large" />
      <CardGrid>
        {course.related.map((related) => (
          <CourseCard key={related.slug} course={related} level="h3" />
        ))}
      </CardGrid>
    </Section>
  );
}
