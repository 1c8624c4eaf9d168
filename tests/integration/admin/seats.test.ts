import { eq, sql } from "drizzle-orm";
import { afterAll, describe, expect, test } from "vitest";
import { users } from "@/db/schema/identity";
import { enrollments } from "@/db/schema/learning";
import { emails } from "@/db/schema/notifications";
import { listAuditEntries, verifyAuditLog } from "@/lib/audit/queries";
import { findCertificate } from "@/lib/certificates/queries";
import { listOwnedSlugs } from "@/lib/enrollments/queries";
import { type EnrollmentId, newId, type UserId } from "@/lib/ids";
import { completeLesson } from "@/lib/learning/mutations";
import { extendSeat, grantSeat, importSeats, revokeSeat, withdrawCertificate } from "@/lib/seats/mutations";
import { findSeat, listSeats } from "@/lib/seats/queries";
import { readSeatFilter } from "@/lib/seats/read-seat-filter";
import { createTestDatabase } from "../../support/database";
import { addCourse, addUser, enroll } from "../learning/course-factory";

const database = await createTestDatabase();
const { db } = database;
const admin = await addUser(db, "admin");
const support = await addUser(db, "support");
afterAll(async () => {
  expect(await verifyAuditLog(admin.userId)).toMatchObject({ broken: null });
  await database.close();
});

const log = async (course: { readonly slug: string }) =>
  (await listAuditEntries(admin.userId, { begins: course.slug }, {})).entries;
const grant = (email: string, course: string, until: Date | null = null) =>
  grantSeat(admin.userId, { email, course, type: "gifted", until });
const seatOf = (result: Awaited<ReturnType<typeof grant>>) => {
  if (!result.ok) throw new Error(result.error);
  return result.value.seat;
};
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);

describe("A seat that is given", () => {
  test("opens the course once, with one mail and one line in the log, however often it is pressed", async () => {
    const [learner, course] = [await addUser(db), await addCourse(db)];
    const pressed = await Promise.all([grant(learner.email, course.slug), grant(learner.email, course.slug)]);
    expect(pressed.filter((one) => one.ok)).toHaveLength(1);
    expect(pressed).toContainEqual({ ok: false, error: "has_seat" });
    expect(await listOwnedSlugs(learner.userId)).toEqual([course.slug]);
    expect(await log(course)).toMatchObject([
      { action: "seat.granted", detail: { after: { type: "gifted" } } },
    ]);
    expect(await db.select().from(emails).where(eq(emails.userId, learner.userId))).toMatchObject([
      { kind: "enrollment_welcome" },
    ]);
  });

  test("is refused by name, and leaves nothing", async () => {
    const [learner, gone] = [await addUser(db), await addUser(db)];
    const [course, draft] = [await addCourse(db), await addCourse(db, { status: "draft" })];
    await db.update(users).set({ erasedAt: sql`now()` }).where(eq(users.id, gone.userId));
    expect(await grant("nobody@example.org", course.slug)).toEqual({ ok: false, error: "unknown_learner" });
    expect(await grant(gone.email, course.slug)).toEqual({ ok: false, error: "unknown_learner" });
    expect(await grant(learner.email, draft.slug)).toEqual({ ok: false, error: "unknown_course" });
    expect(await grant(learner.email, course.slug, inDays(-1))).toEqual({
      ok: false,
      error: "ends_in_the_past",
    });
    expect(await listOwnedSlugs(learner.userId)).toEqual([]);
    expect(await log(course)).toEqual([]);
  });

  test("ends by the clock of the database, and then makes room for another", async () => {
    const [learner, course] = [await addUser(db), await addCourse(db)];
    const seat = seatOf(await grant(learner.email, course.slug, inDays(1)));
    await db.update(enrollments).set({ expiresAt: sql`now()` }).where(eq(enrollments.id, seat));
    expect(await findSeat(admin.userId, seat)).toMatchObject({ state: "expired" });
    expect(await listOwnedSlugs(learner.userId)).toEqual([]);
    expect((await grant(learner.email, course.slug)).ok).toBe(true);
  });
});

describe("The end of a seat", () => {
  test("moves to a later day for who saw it last, and opens a seat again that was over", async () => {
    const [learner, course] = [await addUser(db), await addCourse(db)];
    const seat = await enroll(db, learner.userId, course, { expiresAt: inDays(-3) });
    const seen = (await findSeat(admin.userId, seat))?.expiresAt ?? new Date();
    const to = (until: Date | null, saw = seen) => extendSeat(admin.userId, { seat, seen: saw, until });
    expect(await to(inDays(-2)), "still in the past").toEqual({ ok: false, error: "not_later" });
    const until = inDays(30);
    const pressed = await Promise.all([to(until), to(inDays(60))]);
    expect(pressed.filter((one) => one.ok)).toHaveLength(1);
    expect(pressed).toContainEqual({ ok: false, error: "changed_meanwhile" });
    expect(await listOwnedSlugs(learner.userId)).toEqual([course.slug]);
    const now = (await findSeat(admin.userId, seat))?.expiresAt ?? new Date();
    expect(await to(inDays(5), now)).toEqual({ ok: false, error: "not_later" });
    expect((await to(null, now)).ok).toBe(true);
    expect(await to(inDays(90), now)).toEqual({ ok: false, error: "has_no_end" });
    expect((await log(course)).map(({ action }) => action)).toEqual(["seat.extended", "seat.extended"]);
  });
});

describe("A seat that is taken away", () => {
  test("closes the course at once and keeps the progress for the next one", async () => {
    const [learner, course] = [await addUser(db), await addCourse(db)];
    const seat = seatOf(await grant(learner.email, course.slug));
    await completeLesson(learner.userId, course.slug, course.lessons[0]?.slug ?? "");
    const press = () => revokeSeat(admin.userId, { seat, reason: "Shared the account" });
    const pressed = await Promise.all([press(), press()]);
    expect(pressed.filter((one) => one.ok)).toHaveLength(1);
    expect(pressed).toContainEqual({ ok: false, error: "not_active" });
    expect(await listOwnedSlugs(learner.userId)).toEqual([]);
    expect(await log(course)).toMatchObject([
      { action: "seat.revoked", detail: { reason: "Shared the account" } },
      { action: "seat.granted" },
    ]);
    const again = seatOf(await grant(learner.email, course.slug));
    const found = await findSeat(support.userId, again);
    expect(found?.counted).toMatchObject({ lessonsCompleted: 1, lessonsTotal: 4 });
    expect(found?.steps.map(({ completedAt }) => completedAt !== null)).toEqual([true, false, false, false]);
    expect(found?.changes.map(({ action }) => action)).toEqual(["seat.granted"]);
  });

  test("stays away though a dispute had paused it", async () => {
    const [learner, course] = [await addUser(db), await addCourse(db)];
    const seat = await enroll(db, learner.userId, course);
    await db.update(enrollments).set({ suspendedAt: sql`now()` }).where(eq(enrollments.id, seat));
    await revokeSeat(admin.userId, { seat, reason: "Fraud" });
    const [row] = await db.select().from(enrollments).where(eq(enrollments.id, seat));
    expect(row, "a pause left on it would let a won dispute give it back").toMatchObject({
      status: "revoked",
      suspendedAt: null,
    });
  });
});

test("A certificate is withdrawn once and for good, with its reason in the log; the seat stays", async () => {
  const learner = await addUser(db);
  const course = await addCourse(db, { chapters: [1], exercises: false });
  const seat = seatOf(await grant(learner.email, course.slug));
  const withdraw = () => withdrawCertificate(admin.userId, { seat, reason: "Somebody else did it" });
  expect(await withdraw()).toEqual({ ok: false, error: "no_certificate" });
  await completeLesson(learner.userId, course.slug, "lesson-1");
  const { certificateId = "" } = (await findSeat(support.userId, seat)) ?? {};
  const pressed = await Promise.all([withdraw(), withdraw()]);
  expect(pressed.filter((one) => one.ok)).toHaveLength(1);
  expect(pressed).toContainEqual({ ok: false, error: "no_certificate" });
  expect(await findCertificate(certificateId ?? "")).toMatchObject({ revoked: { reason: "withdrawn" } });
  expect(await findSeat(support.userId, seat)).toMatchObject({ state: "completed", certificateId: null });
  expect((await log(course))[0]).toMatchObject({
    action: "certificate.withdrawn",
    detail: { reason: "Somebody else did it", after: { certificate: certificateId } },
  });
});

describe("Seats from a list", () => {
  test("are tried without a trace, then given row by row, and a second time to nobody", async () => {
    const [first, second, owner] = [await addUser(db), await addUser(db), await addUser(db)];
    const course = await addCourse(db);
    await enroll(db, owner.userId, course);
    const csv = [
      "Course;EMAIL;until",
      `${course.slug}; ${first.email.toUpperCase()} ;2099-01-31`,
      `${course.slug};${owner.email};`,
      `${course.slug};no address;`,
      `${course.slug};${second.email};31.1.2099`,
      `${course.slug};nobody@example.org;`,
      `${course.slug};${first.email};`,
      `${course.slug};${second.email};`,
    ].join("\r\n");
    const run = async (dryRun: boolean) => {
      const done = await importSeats(admin.userId, { csv, dryRun });
      if (!done.ok) throw new Error(done.error);
      return done.value.map(({ line, outcome }) => [
        line,
        outcome.ok ? "given" : typeof outcome.error === "string" ? outcome.error : "row",
      ]);
    };
    const expected = [
      [2, "given"],
      [3, "has_seat"],
      [4, "row"],
      [5, "row"],
      [6, "unknown_learner"],
      [7, "has_seat"],
      [8, "given"],
    ];
    expect(await run(true)).toEqual(expected);
    expect(await log(course), "only tried").toEqual([]);
    expect(await listOwnedSlugs(first.userId)).toEqual([]);
    expect(await run(false), "what was tried is what happens").toEqual(expected);
    expect(await log(course)).toHaveLength(2);
    expect(await listOwnedSlugs(first.userId)).toEqual([course.slug]);
    expect((await run(false)).some(([, outcome]) => outcome === "given")).toBe(false);
    const [seat] = await db.select().from(enrollments).where(eq(enrollments.userId, first.userId));
    expect(seat?.expiresAt?.toISOString()).toBe("2099-02-01T00:00:00.000Z");
  });

  test.each([
    ["unreadable", 'email,course\n"open,x'],
    ["no_rows", "email,course\n"],
    ["missing_columns", "mail,course\na@example.org,x"],
    ["too_many_rows", `email,course\n${"a@example.org,x\n".repeat(1_001)}`],
  ])("are refused whole when the file is %s", async (error, csv) => {
    expect(await importSeats(admin.userId, { csv, dryRun: true })).toEqual({ ok: false, error });
  });
});

describe("The list of seats", () => {
  const ids = async (query: Record<string, string>, who: UserId = admin.userId) =>
    (await listSeats(who, readSeatFilter(query), {}, 10_000)).rows.map(({ id }) => id);

  test("comes in pages that leave nothing out, both ways", async () => {
    const all = await ids({});
    const read = (cursor: { before?: string; after?: string }) =>
      listSeats(admin.userId, readSeatFilter({}), cursor, 3);
    const down = [await read({})];
    for (let page = down[0]; page?.older; page = down.at(-1)) down.push(await read({ before: page.older }));
    const up = down.slice(-1);
    for (let page = up[0]; page?.newer; page = up[0]) up.unshift(await read({ after: page.newer }));
    expect(down.flatMap((page) => page.rows.map(({ id }) => id))).toEqual(all);
    expect(up.flatMap((page) => page.rows.map(({ id }) => id))).toEqual(all);
  });

  test("is narrowed by learner, course, state and kind", async () => {
    const [learner, course] = [await addUser(db), await addCourse(db)];
    const made: Record<string, EnrollmentId> = {};
    made.expired = await enroll(db, learner.userId, course, { expiresAt: inDays(-1) });
    await db.update(enrollments).set({ status: "revoked" }).where(eq(enrollments.id, made.expired));
    made.revoked = made.expired;
    made.active = await enroll(db, learner.userId, course);
    expect(await ids({ q: learner.email.toUpperCase() })).toHaveLength(2);
    expect(await ids({ course: course.slug })).toHaveLength(2);
    expect(await ids({ course: course.slug, state: "active" })).toEqual([made.active]);
    expect(await ids({ course: course.slug, state: "revoked" })).toEqual([made.revoked]);
    expect(await ids({ course: course.slug, type: "free" })).toEqual([]);
    expect(await ids({ course: "no-such-course" })).toEqual([]);
    for (const q of ["%", "_", "' or 1=1 --", "\\"]) expect(await ids({ q }), q).toEqual([]);
  });

  test("is staff's only, asked of the database", async () => {
    const learner = await addUser(db);
    expect(await ids({}, learner.userId)).toEqual([]);
    expect(await ids({}, support.userId)).toEqual(await ids({}));
    const [some] = await ids({});
    expect(await findSeat(learner.userId, some ?? "")).toBeNull();
    expect(await findSeat(admin.userId, newId<"enrollment">())).toBeNull();
  });
});
