import { notFound } from "next/navigation";
import { SOCIAL_SIZE, socialImage } from "@/components/catalog/social-image";
import { findCourse } from "@/lib/catalog/queries";

export const dynamic = "force-static";
export const revalidate = 86400;

export const size = SOCIAL_SIZE;
export const contentType = "image/png";
export const alt = "The course’s cover";

export function generateStaticParams(): { slug: string }[] {
  return [];
}

/** What a link to the course shows elsewhere: its cover. */
export default async function CourseImage({ params }: { readonly params: Promise<{ slug: string }> }) {
  const course = await findCourse((await params).slug);
  if (!course) notFound();
  return socialImage(course.type, course.slug);
}
