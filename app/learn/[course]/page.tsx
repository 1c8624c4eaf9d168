import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { slug } from "@/lib/catalog/schema";
import { findContinueLesson, isSuspended } from "@/lib/enrollments/queries";
import { findViewer } from "@/lib/identity/session";
import { WHERE_LEFT } from "@/lib/progress/reading-pulse";

export const metadata: Metadata = { robots: { index: false } };

/** "Continue": to the lesson where the reader is; to the course's page for everybody else. */
export default async function ContinuePage({ params }: PageProps<"/learn/[course]">) {
  const course = slug.safeParse((await params).course);
  if (!course.success) notFound();
  const viewer = await findViewer();
  const next = viewer ? await findContinueLesson(viewer.userId, course.data) : null;
  if (viewer && !next && (await isSuspended(viewer.userId, course.data))) redirect("/account/courses");
  redirect(next ? `/learn/${course.data}/${next.slug}${WHERE_LEFT}` : `/courses/${course.data}`);
}
