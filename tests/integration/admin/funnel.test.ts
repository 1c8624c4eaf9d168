import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { lessons } from "@/db/schema/catalog";
import { users } from "@/db/schema/identity";
import { enrollments, lessonCompletions } from "@/db/schema/learning";
import { countLook, countStep, takeStepCounts } from "@/lib/analytics/count-steps";
import { keepStepCounts, writeStepCounts } from "@/lib/analytics/mutations";
import { findDropOff, listCohorts, listFunnels } from "@/lib/analytics/queries";
import { cohortsCsv, dropOffCsv, funnelCsv } from "@/lib/analytics/report-rows";
import { addGiftToCart, addToCart } from "@/lib/cart/mutations";
import { newSecret, type UserId } from "@/lib/ids";
import { startTestShop } from "../../support/shop";
import { openCheckout, type TestShop } from "../commerce/buying";

let shop: TestShop;
let admin: UserId;
let learner: UserId;
beforeAll(async () => {
  shop = await startTestShop();
  admin = await shop.factories.learner("The admin");
  learner = await shop.factories.learner();
  await shop.db.update(users).set({ role: "admin" }).where(eq(users.id, admin));
});
afterAll(() => shop.close());

const at = (instant: string) => Date.parse(instant);
const day = (from: string, to = from) => ({ from, to });

test("steps are counted on the day of the reader's zone, at its very edge, and processes add up", async () => {
  const course = await shop.factories.course();
  // New York's 1 November 2026 has 25 hours: it ends at 05:00 UTC, and began at 04:00.
  countStep("viewed", course.slug, at("2026-11-02T04:59:59Z"));
  countStep("viewed", course.slug, at("2026-11-02T05:00:00Z"));
  countStep("carted", course.slug, at("2026-11-01T04:00:00Z"));
  countStep("viewed", "no-such-course", at("2026-11-01T12:00:00Z"));
  const other = [
    { startsAt: new Date("2026-11-02T04:45:00Z"), step: "viewed", slug: course.slug, times: 2 },
  ] as const;
  await Promise.all([keepStepCounts(), writeStepCounts(other)]);
  expect(takeStepCounts()).toEqual([]);
  const newYork = await listFunnels(admin, day("2026-11-01"), "America/New_York");
  expect(newYork).toMatchObject([{ title: course.title, viewed: 3, carted: 1, placed: 0, paid: 0 }]);
  expect(await listFunnels(admin, day("2026-11-02"), "America/New_York")).toMatchObject([
    { viewed: 1, carted: 0 },
  ]);
  expect(await listFunnels(admin, day("2026-11-01"), "UTC")).toMatchObject([{ viewed: 0, carted: 1 }]);
  expect(await listFunnels(learner, day("2026-11-01"), "UTC")).toEqual([]);
});

test("a course is put into a cart as a gift as well as for oneself; one that was refused is not", async () => {
  const course = await shop.factories.course();
  const owner = { kind: "learner", userId: await shop.factories.learner() } as const;
  const gift = {
    email: "ada@example.org",
    message: "",
    deliverOn: null,
    timeZone: "UTC",
  };
  takeStepCounts();
  expect(await addGiftToCart(owner, course.slug, gift)).toMatchObject({ ok: true });
  expect(await addToCart({ kind: "guest", token: newSecret() }, course.slug)).toMatchObject({ ok: true });
  expect(await addToCart(owner, "no-such-course")).toMatchObject({ ok: false });
  const counted = takeStepCounts().map(({ step, slug, times }) => [step, slug, times]);
  expect(counted).toEqual([["carted", course.slug, 2]]);
});

test("the same browser looks once in half an hour, others beside it", () => {
  const now = at("2026-10-01T10:00:00Z");
  for (const [browser, minutes] of [
    ["a", 0],
    ["b", 1],
    ["a", 29],
    ["a", 31],
  ] as const)
    countLook("some-course", browser, now + minutes * 60_000);
  const counted = takeStepCounts().filter(({ slug }) => slug === "some-course");
  expect(counted.reduce((sum, { times }) => sum + times, 0)).toBe(3);
});

test("what was placed and what was paid are the orders themselves", async () => {
  const courses = [await shop.factories.course({ title: "=Cheap" }), await shop.factories.course()];
  const buy = async () =>
    openCheckout(
      shop,
      await shop.factories.learner(),
      courses.map(({ slug }) => slug),
    );
  const opened = await buy();
  await buy();
  await shop.stripe.pay(opened.sessionId);
  await shop.stripe.idle();
  const [today] = await shop.sql<
    { day: string }[]
  >`select to_char(now() at time zone 'UTC', 'YYYY-MM-DD') as day`;
  const funnels = await listFunnels(admin, day(today?.day ?? ""), "UTC");
  expect(funnels.filter(({ placed }) => placed > 0)).toMatchObject([
    { placed: 2, paid: 1 },
    { placed: 2, paid: 1 },
  ]);
  // A title that a spreadsheet would run as a formula is text.
  expect(funnelCsv(funnels)).toContain("'=Cheap");
});

test("learners are counted where they stopped, and cohorts by the month of their beginning", async () => {
  const course = await shop.factories.course();
  const [first] = await shop.db.select().from(lessons).where(eq(lessons.courseId, course.id));
  if (!first) throw new Error("no lesson");
  const [second] = await shop.db
    .insert(lessons)
    .values({ ...first, id: undefined, slug: "second", title: "Second", position: 2 })
    .returning();
  const enrol = async (
    ago: string,
    ticked: readonly (typeof first | undefined)[],
    completedAfter?: string,
  ) => {
    const userId = await shop.factories.learner();
    const enrolledAt = sql`now() - ${ago}::interval`;
    const [seat] = await shop.db
      .insert(enrollments)
      .values({ userId, courseId: course.id, enrollmentType: "gifted", enrolledAt })
      .returning({ id: enrollments.id });
    for (const lesson of ticked)
      if (lesson)
        await shop.db.insert(lessonCompletions).values({ userId, lessonId: lesson.id, courseId: course.id });
    if (completedAfter && seat)
      await shop.sql`update enrollments set is_completed = true, progress_percentage = 100, pinned_version = 1,
        completed_at = enrolled_at + ${completedAfter}::interval where id = ${seat.id}`;
  };
  await enrol("1 hour", []);
  await enrol("1 hour", [first]);
  await enrol("1 hour", [first, second]);
  await enrol("70 days", [first, second], "10 days");
  await enrol("70 days", [], undefined);
  const [now] = await shop.sql<{ today: string; before: string }[]>`
    select to_char(now() - interval '2 hours', 'YYYY-MM-DD') as before, to_char(now(), 'YYYY-MM-DD') as today`;
  const dropOff = await findDropOff(admin, course.slug, day(now?.before ?? "", now?.today ?? ""), "UTC");
  expect(dropOff).toEqual({
    seats: 3,
    notBegun: 1,
    lessons: [
      { title: "First", completed: 2, stopped: 1 },
      { title: "Second", completed: 1, stopped: 1 },
    ],
  });
  expect(dropOffCsv(dropOff).split("\r\n")).toHaveLength(5);
  expect(await findDropOff(learner, course.slug, day("2020-01-01"), "UTC")).toBeNull();
  const cohorts = await listCohorts(admin, course.slug, "UTC");
  expect(cohorts.at(-1)).toMatchObject({ seats: 2, within7: 0, within30: 1, within90: 1, ever: 1, age: 70 });
  expect(cohorts[0]).toMatchObject({ ever: 0, age: 0 });
  expect(cohortsCsv(cohorts)).toContain("Began in,Learners");
  expect(await listCohorts(learner, course.slug, "UTC")).toEqual([]);
});
