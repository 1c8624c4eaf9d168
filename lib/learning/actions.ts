"use server";

import { refresh } from "next/cache";
import { learnerAction } from "@/lib/action";
import { completeLesson, uncompleteLesson } from "./mutations";
import { lessonAddress } from "./schema";

export const completeLessonAction = learnerAction(lessonAddress, async (viewer, { course, lesson }) => {
  const done = await completeLesson(viewer.userId, course, lesson);
  if (done.ok) refresh();
  return done;
});

export const uncompleteLessonAction = learnerAction(lessonAddress, async (viewer, { course, lesson }) => {
  const done = await uncompleteLesson(viewer.userId, course, lesson);
  if (done.ok) refresh();
  return done;
});
