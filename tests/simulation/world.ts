import { eq } from "drizzle-orm";
import { courses } from "@/db/schema/catalog";
import { coupons } from "@/db/schema/coupons";
import { users } from "@/db/schema/identity";
import { type CourseId, newId, type UserId } from "@/lib/ids";
import { minor } from "@/lib/money";
import type { Instance } from "./actor";
import type { FaultPlan } from "./faults";
import type { Random } from "./random";
import type { Surroundings } from "./surroundings";

export type Learner = {
  readonly id: UserId;
  /** Sessions whose page is open in one of the learner's tabs, oldest first. */
  readonly tabs: string[];
};

export type Course = { readonly id: CourseId; readonly slug: string; priceAmount: number };

/** Everybody and everything of one history. */
export type World = {
  readonly random: Random;
  readonly faults: FaultPlan;
  readonly surroundings: Surroundings;
  readonly instances: readonly Instance[];
  readonly learners: readonly Learner[];
  readonly courses: readonly Course[];
  readonly freeCourse: Course;
  readonly codes: readonly string[];
  /** Order numbers that a learner was told are paid. */
  readonly acknowledged: Set<string>;
  /** Events that the shop said it has worked. */
  readonly worked: Set<string>;
  /** Sessions whose amount was changed at Stripe: none of them may be fulfilled. */
  readonly forged: Set<string>;
  readonly complain: (complaint: string) => void;
};

const PRICES = [500, 1900, 4900, 9900];

/** A few learners and courses, and coupons that are nearly used up. */
export async function makeWorld(
  random: Random,
  faults: FaultPlan,
  surroundings: Surroundings,
  complain: World["complain"],
): Promise<World> {
  const { db } = surroundings.database().plain;
  const mark = newId().replaceAll("-", "").slice(-12);
  const learners = Array.from({ length: random.between(1, 8) }, (_, index) => ({
    id: newId<"user">(),
    email: `learner-${index}-${mark}@example.test`,
    name: `Learner ${index}`,
    passwordHash: "none",
  }));
  const shelf = Array.from({ length: random.between(2, 5) }, (_, index) => ({
    id: newId<"course">(),
    slug: `course-${index}-${mark}`,
    priceAmount: random.pick(PRICES),
  }));
  const freeCourse = { id: newId<"course">(), slug: `free-${mark}`, priceAmount: 0 };
  const codes = makeCoupons(random, mark);
  const staff = {
    id: newId<"user">(),
    email: `staff-${mark}@example.test`,
    name: "Staff",
    passwordHash: "none",
  };
  await db
    .insert(users)
    .values([
      ...learners.map((learner) => ({ ...learner, role: "learner" as const })),
      { ...staff, role: "admin" as const },
    ]);
  await db.insert(courses).values([...shelf, freeCourse].map(courseRow));
  await db.insert(coupons).values(codes);
  return {
    random,
    faults,
    surroundings,
    instances: Array.from({ length: random.between(1, 3) }, (_, index) => ({ name: `shop ${index + 1}` })),
    learners: learners.map(({ id }) => ({ id, tabs: [] })),
    courses: shelf,
    freeCourse,
    codes: codes.map(({ code }) => code),
    acknowledged: new Set(),
    worked: new Set(),
    forged: new Set(),
    complain,
  };
}

function courseRow({ id, slug, priceAmount }: Course) {
  return {
    id,
    slug,
    title: `Course ${slug}`,
    courseType: "python" as const,
    level: "beginner" as const,
    summary: "A course.",
    description: "A course.",
    outcomes: [],
    audience: "Everybody.",
    prerequisites: "None.",
    priceAmount: minor(priceAmount),
    currency: "usd",
    status: "published" as const,
    contentHash: "none",
  };
}

function makeCoupons(random: Random, mark: string) {
  const suffix = mark.toUpperCase();
  const limits = () => ({
    maxUses: random.pick([null, 1, 1, 2, 3]),
    maxUsesPerUser: random.pick([null, null, 1, 1, 2]),
  });
  return [
    { code: `TEN${suffix}`, discountType: "percentage" as const, discountValue: 10, ...limits() },
    { code: `HALF${suffix}`, discountType: "percentage" as const, discountValue: 50, ...limits() },
    { code: `ALL${suffix}`, discountType: "percentage" as const, discountValue: 100, ...limits() },
    {
      code: `FIVE${suffix}`,
      discountType: "fixed" as const,
      discountValue: 480,
      currency: "usd",
      ...limits(),
    },
  ];
}

/** A course costs something else from now on. */
export async function changePrice(world: World): Promise<void> {
  const course = world.random.pick(world.courses);
  course.priceAmount = world.random.pick(PRICES);
  await world.surroundings
    .database()
    .plain.db.update(courses)
    .set({ priceAmount: minor(course.priceAmount) })
    .where(eq(courses.id, course.id));
}
