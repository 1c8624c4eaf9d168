import { CreditCard, Eye, Infinity as Forever, type LucideIcon, Undo2 } from "lucide-react";
import type { Metadata } from "next";
import { CourseCard } from "@/components/catalog/course-card";
import { CourseContents } from "@/components/catalog/course-contents";
import { ShopJsonLd } from "@/components/catalog/course-json-ld";
import { LessonSpread } from "@/components/catalog/lesson-spread";
import { LessonSteps } from "@/components/catalog/lesson-steps";
import { CardGrid, Container, Section, SectionHead } from "@/components/layout/page";
import { ButtonLink } from "@/components/ui/button";
import { MoreLink } from "@/components/ui/link-button";
import { formatCount } from "@/lib/catalog/format-duration";
import { readShelf, type Shelf } from "@/lib/catalog/shelf";
import { env } from "@/lib/env";

export const dynamic = "force-static";
export const revalidate = 3600;

export function generateMetadata(): Metadata {
  const { STORE_NAME } = env();
  const title = `${STORE_NAME} · Learn Python and SQL by writing them`;
  const description =
    "Short lessons with exercises, from the first line of Python to window functions in SQL. Bought once, kept for good.";
  return {
    title: { absolute: title },
    description,
    alternates: { canonical: "/" },
    openGraph: { title, description, url: "/", type: "website" },
    twitter: { card: "summary_large_image" },
  };
}

const SHOWN_FIRST = 3;

export default async function HomePage() {
  const { courses, freeLesson } = await readShelf();
  return (
    <>
      <ShopJsonLd />
      <Hero freeLesson={freeLesson} />
      <FirstCourses courses={courses} />
      <Section labelledBy="lesson">
        <Container>
          <SectionHead id="lesson" title="How a lesson works" size="large" />
          <LessonSteps />
        </Container>
      </Section>
      <Contents courses={courses} />
      <Terms />
    </>
  );
}

function Hero({ freeLesson }: Pick<Shelf, "freeLesson">) {
  return (
    <Container className="grid grid-cols-[minmax(0,1fr)] gap-10 pt-10 pb-12 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.36fr)] lg:items-center lg:gap-16 lg:pt-20 lg:pb-16">
      <div>
        <h1 className="text-5xl font-medium tracking-hero">Learn Python and SQL by writing them.</h1>
        <p className="mt-5 max-w-lg text-lg leading-normal text-ink-soft">
          Short lessons that let the usual mistakes fail, exercises to write yourself, and a question that
          shows whether it sank in. Buy a course once and keep it.
        </p>
        <div className="mt-8 flex flex-wrap gap-3 max-sm:[&>a]:flex-auto">
          <ButtonLink href="/courses" variant="primary" size="large">
            Browse the courses
          </ButtonLink>
          {freeLesson ? (
            <ButtonLink
              href={`/learn/${freeLesson.course}/${freeLesson.lesson}`}
              size="large"
              prefetch={false}
            >
              Try a free lesson
            </ButtonLink>
          ) : null}
        </div>
      </div>
      <LessonSpread />
    </Container>
  );
}

function FirstCourses({ courses }: Pick<Shelf, "courses">) {
  if (courses.length === 0) return null;
  const more =
    courses.length > SHOWN_FIRST ? (
      <MoreLink href="/courses">All {formatCount(courses.length, "course")}</MoreLink>
    ) : null;
  return (
    <Section labelledBy="start">
      <Container>
        <SectionHead id="start" title="Good places to start" size="large" aside={more} />
        <CardGrid>
          {courses.slice(0, SHOWN_FIRST).map((course) => (
            <CourseCard key={course.slug} course={course} level="h3" />
          ))}
        </CardGrid>
      </Container>
    </Section>
  );
}

function Contents({ courses }: Pick<Shelf, "courses">) {
  if (courses.length === 0) return null;
  return (
    <Section labelledBy="contents">
      <Container>
        <SectionHead
          id="contents"
          title="Contents"
          size="large"
          aside={<MoreLink href="/courses">Search and filter</MoreLink>}
        />
        <CourseContents courses={courses} />
      </Container>
    </Section>
  );
}

const terms: readonly { icon: LucideIcon; title: string; text: string }[] = [
  {
    icon: Forever,
    title: "Bought once",
    text: "No subscription. A course you bought stays in your account, with its later corrections.",
  },
  {
    icon: Undo2,
    title: "Fourteen days",
    text: "Not for you? Ask within fourteen days and the money goes back the way it came.",
  },
  {
    icon: Eye,
    title: "Look inside first",
    text: "Every course opens with a lesson that anybody can read, without an account.",
  },
  {
    icon: CreditCard,
    title: "Paid at Stripe",
    text: "You pay on Stripe’s own page. This shop never sees your card number.",
  },
];

function Terms() {
  return (
    <Section labelledBy="terms">
      <Container>
        <div className="grid gap-8 border-t border-ink pt-10 lg:grid-cols-[1fr_2.2fr] lg:gap-16">
          <h2 id="terms" className="max-w-56 text-2xl tracking-display">
            The terms, in plain words
          </h2>
          <dl className="grid gap-x-12 gap-y-6 md:grid-cols-2 md:gap-y-10">
            {terms.map(({ icon: Icon, title, text }) => (
              <div key={title}>
                <dt className="flex items-center gap-3 font-serif text-line font-title">
                  <Icon className="text-accent" />
                  {title}
                </dt>
                <dd className="mt-2 pl-8.5 text-ink-soft">{text}</dd>
              </div>
            ))}
          </dl>
        </div>
      </Container>
    </Section>
  );
}
