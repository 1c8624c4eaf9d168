"use server";

import { refresh } from "next/cache";
import { adminAction } from "@/lib/action";
import { readMarkdown } from "@/lib/catalog/render-markdown";
import { renewPages } from "@/lib/catalog/renew-pages";
import { reorderCourse } from "@/lib/outline/mutations";
import { ok } from "@/lib/result";
import { checkedCourseInput, checkedLessonInput } from "./checked-input";
import { editCourse, restoreLesson, saveLesson, setCourseStatus } from "./mutations";
import { orderInput, previewInput, restoreInput, statusInput } from "./schema";

/** Refreshed after a conflict too: the page then brings what the other one saved beside what was typed here. */
export const editCourseAction = adminAction("courses.edit", checkedCourseInput, async (staff, input) => {
  const edited = await editCourse(staff.userId, input, new Date());
  if (edited.ok) renewPages();
  refresh();
  return edited;
});

export const setCourseStatusAction = adminAction("courses.edit", statusInput, async (staff, input) => {
  const set = await setCourseStatus(staff.userId, input, new Date());
  if (set.ok) renewPages();
  refresh();
  return set;
});

export const reorderCourseAction = adminAction("courses.edit", orderInput, async (staff, input) => {
  const reordered = await reorderCourse(staff.userId, input, new Date());
  if (reordered.ok) renewPages();
  refresh();
  return reordered;
});

export const saveLessonAction = adminAction("courses.edit", checkedLessonInput, async (staff, input) => {
  const saved = await saveLesson(staff.userId, input, new Date());
  if (saved.ok) renewPages();
  refresh();
  return saved;
});

export const restoreLessonAction = adminAction("courses.edit", restoreInput, async (staff, input) => {
  const restored = await restoreLesson(staff.userId, input, new Date());
  if (restored.ok) renewPages();
  refresh();
  return restored;
});

/** The text as the product shows it: parsed, cleaned and coloured here, dressed by the page. Changes nothing. */
export const previewMarkdownAction = adminAction("courses.edit", previewInput, async (_staff, { source }) =>
  ok(readMarkdown(source)),
);
