import type { Database } from "@/db/client";
import { courseModules, courses, exercises, lessons } from "@/db/schema/catalog";
import { users } from "@/db/schema/identity";
import { enrollments } from "@/db/schema/learning";
import { orderItems, orders } from "@/db/schema/orders";
import {
  type CourseId,
  type ExerciseId,
  type Id,
  type LessonId,
  newId,
  newOrderNumber,
  type UserId,
} from "@/lib/ids";
import { minor, ZERO } from "@/lib/money";

let serial = 0;

export async function addUser(db: Database, role: "learner" | "support" | "admin" = "learner") {
  serial += 1;
  const user = { id: newId<"user">(), email: `reader-${serial}@example.org`, name: "Reader", role };
  await db.insert(users).values({ ...user, passwordHash: "unused" });
  return { ...user, userId: user.id };
}

/** Words that only the sold parts of a lesson hold: wherever they turn up, something leaked. */
export const SOLD = {
  body: "MARKER-BODY",
  quiz: "MARKER-QUIZ",
  prompt: "MARKER-PROMPT",
  starter: "MARKER-STARTER",
  hint: "MARKER-HINT",
  solution: "MARKER-SOLUTION",
  why: "MARKER-WHY",
  hiddenTest: "MARKER-HIDDEN-TEST",
} as const;

type CourseShape = {
  readonly status?: "draft" | "published" | "archived";
  readonly chapters?: readonly number[];
  /** One exercise in each lesson, unless false. */
  readonly exercises?: boolean;
};

/** A course whose first lesson is a free preview. `chapters` says how many lessons each has. */
export async function addCourse(
  db: Database,
  { status = "published", chapters = [2, 2], exercises = true }: CourseShape = {},
) {
  serial += 1;
  const course = {
    id: newId<"course">(),
    slug: `course-${serial}`,
    title: `Course ${serial}`,
    courseType: "python" as const,
    level: "beginner" as const,
    summary: "A summary",
    description: "A description",
    outcomes: [],
    audience: "Everybody",
    prerequisites: "None",
    priceAmount: minor(4900),
    currency: "usd",
    status,
    contentHash: "hash",
  };
  await db.insert(courses).values(course);
  const made: { id: LessonId; slug: string; exerciseId: ExerciseId | null }[] = [];
  for (const [index, size] of chapters.entries()) {
    const moduleId = newId<"module">();
    const chapter = {
      id: moduleId,
      courseId: course.id,
      slug: `m-${index}`,
      title: `Chapter ${index + 1}`,
      position: index,
    };
    await db.insert(courseModules).values(chapter);
    for (let n = 0; n < size; n += 1) {
      const lesson = await addLesson(db, course.id, moduleId, made.length);
      const task = exercises ? await addExercise(db, course.id, lesson.id, made.length) : null;
      made.push({ ...lesson, exerciseId: task });
    }
  }
  return { ...course, lessons: made };
}

export async function addLesson(db: Database, courseId: CourseId, moduleId: Id<"module">, position: number) {
  const lesson = { id: newId<"lesson">(), slug: `lesson-${position + 1}` };
  await db.insert(lessons).values({
    ...lesson,
    courseId,
    moduleId,
    title: `Lesson ${position + 1}`,
    summary: "What it is about",
    body: SOLD.body,
    quiz: [{ question: SOLD.quiz, answer: "a", explanation: "because", wrong: [{ option: "b", why: "no" }] }],
    minutes: 10,
    freePreview: position === 0,
    position,
  });
  return lesson;
}

export async function addExercise(
  db: Database,
  courseId: CourseId,
  lessonId: LessonId,
  position: number,
  values: Partial<typeof exercises.$inferInsert> = {},
): Promise<ExerciseId> {
  const id = newId<"exercise">();
  await db.insert(exercises).values({
    id,
    courseId,
    lessonId,
    slug: `task-${position + 1}`,
    title: "A task",
    language: "python",
    kind: "function",
    prompt: SOLD.prompt,
    starter: SOLD.starter,
    hints: [SOLD.hint],
    definition: {
      solution: SOLD.solution,
      why: SOLD.why,
      tests: [
        { call: "double(2)", expect: "4" },
        { call: "double('x')", raises: "TypeError" },
        { call: SOLD.hiddenTest, expect: "0" },
      ],
    },
    position: 0,
    ...values,
  });
  return id;
}

type Seat = Partial<Pick<typeof enrollments.$inferInsert, "status" | "expiresAt">>;

/** Enrolls somebody as a gift, which needs no order. */
export async function enroll(
  db: Database,
  userId: UserId,
  course: { readonly id: (typeof courses.$inferSelect)["id"] },
  seat: Seat = {},
) {
  const id = newId<"enrollment">();
  await db.insert(enrollments).values({ id, userId, courseId: course.id, enrollmentType: "gifted", ...seat });
  return id;
}

type Bought = Awaited<ReturnType<typeof addCourse>>;

/** A paid order of one course. */
export async function addOrder(
  db: Database,
  userId: UserId,
  course: Bought,
  values: Partial<typeof orders.$inferInsert> = {},
) {
  const order = { id: newId<"order">(), orderNumber: newOrderNumber(values.createdAt ?? new Date()) };
  await db.insert(orders).values({
    ...order,
    userId,
    status: "completed",
    subtotalAmount: course.priceAmount,
    discountAmount: ZERO,
    taxAmount: ZERO,
    totalAmount: course.priceAmount,
    currency: course.currency,
    livemode: false,
    expiresAt: new Date(),
    paidAt: new Date(),
    ...values,
  });
  await db.insert(orderItems).values({
    orderId: order.id,
    courseId: course.id,
    courseSlug: course.slug,
    title: course.title,
    priceAmount: course.priceAmount,
    discountAmount: ZERO,
    netAmount: course.priceAmount,
    taxAmount: ZERO,
    refundedAmount: ZERO,
    position: 0,
  });
  return order;
}
