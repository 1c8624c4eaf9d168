import { z } from "zod";
import { slug } from "../catalog/schema";

/** Names a lesson in a form. */
export const lessonAddress = z.object({ course: slug, lesson: slug });
