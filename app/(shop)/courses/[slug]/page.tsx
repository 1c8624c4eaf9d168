import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { BuyBar } from "@/components/catalog/buy-box";
import { CourseCard } from "@/components/catalog/course-card";
import { CourseJsonLd } from "@/components/catalog/course-json-ld";
import { CourseView } from "@/components/catalog/course-view";
import { withoutMarks } from "@/components/catalog/inline-code";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { CardGrid, Container, Section, SectionHead } from "@/components/layout/page";
import { COURSE_TYPE_NAMES } from "@/lib/catalog/course-kinds";
import { type CoursePage, findCourse } from "@/lib/catalog/queries";
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
        <CourseView course={course} />
        <RelatedCourses course={course} />
      </Container>
      <BuyBar course={course} />
    </>
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
