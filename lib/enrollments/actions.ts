"use server";
import type { Route } from "next";
import { redirect } from "next/navigation";
import { z } from "zod";
import { publicAction } from "@/lib/action";
import { courseSlug } from "@/lib/cart/schema";
import { enrollFree } from "./mutations";

const enrollFreeInput = z.object({ course: courseSlug });

/** Enrols in a free course and opens it; a visitor signs in on the way. */
export const enrollFreeAction = publicAction(enrollFreeInput, async (viewer, { course }) => {
  if (!viewer) redirect(`/sign-in?returnTo=${encodeURIComponent(`/courses/${course}`)}` as Route);
  const enrolled = await enrollFree(viewer.userId, course);
  if (enrolled.ok) redirect(`/learn/${enrolled.value.slug}` as Route);
  return enrolled;
});
