import { eq, sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { userSessions, users } from "@/db/schema/identity";
import { emails } from "@/db/schema/notifications";
import { dataExports } from "@/db/schema/privacy";
import { listAuditEntries, verifyAuditLog } from "@/lib/audit/queries";
import { createSession, demoteAdmin } from "@/lib/identity/mutations";
import { findLiveSession, isBlocked } from "@/lib/identity/queries";
import { newId, type UserId } from "@/lib/ids";
import {
  blockPerson,
  changeRole,
  endSessions,
  planErasureFor,
  requestExportFor,
  resendVerification,
  unblockPerson,
  undoErasureFor,
} from "@/lib/people/mutations";
import { findPerson, listPeople } from "@/lib/people/queries";
import { readPersonFilter } from "@/lib/people/read-person-filter";
import type { Role } from "@/lib/people/roles";
import { eraseDueAccounts } from "@/lib/privacy/mutations";
import { err, type Result } from "@/lib/result";
import { createTestDatabase } from "../../support/database";
import { addCourse, addOrder, addUser, enroll } from "../learning/course-factory";

const database = await createTestDatabase();
const { db } = database;
const [admin, support] = [await addUser(db, "admin"), await addUser(db, "support")];
afterAll(async () => {
  expect(await verifyAuditLog(admin.userId)).toMatchObject({ broken: null });
  await database.close();
});

/** `admin` is the only one before each test. */
beforeEach(async () => {
  await db.execute(sql`update users set role = 'learner', blocked_at = null, blocked_reason = null,
    deletion_due_at = null where role = 'admin' and id <> ${admin.userId}`);
  await db.execute(sql`update users set role = 'admin', blocked_at = null, blocked_reason = null,
    deletion_due_at = null where id = ${admin.userId}`);
});

const log = async (userId: UserId) => (await listAuditEntries(admin.userId, { begins: userId }, {})).entries;
const actions = async (userId: UserId) => (await log(userId)).map(({ action }) => action);
const signIn = (userId: UserId) => createSession(userId, new Date(), true);

async function verified(role: Role = "learner") {
  const person = await addUser(db, role);
  await db.update(users).set({ emailVerifiedAt: sql`now()` }).where(eq(users.id, person.userId));
  return person;
}

const give = (user: UserId, seen: Role, role: Role, by = admin.userId) =>
  changeRole(by, { user, seen, role });

describe("A role", () => {
  test("is given to who has confirmed the address, ends their sessions, and leaves one line", async () => {
    const [person, stranger] = [await verified(), await addUser(db)];
    const session = await signIn(person.userId);
    expect(await give(stranger.userId, "learner", "admin")).toEqual({ ok: false, error: "not_verified" });
    expect(await give(person.userId, "learner", "support")).toMatchObject({ ok: true });
    expect(await findLiveSession(session)).toBeNull();
    expect(await log(person.userId)).toMatchObject([
      { action: "user.role_changed", detail: { before: { role: "learner" }, after: { role: "support" } } },
    ]);
    expect(await give(person.userId, "learner", "admin"), "seen before the change").toEqual({
      ok: false,
      error: "changed_meanwhile",
    });
  });

  test("of the last admin stays, whatever would take it away", async () => {
    const { userId } = admin;
    expect(await give(userId, "admin", "learner")).toEqual({ ok: false, error: "last_admin" });
    expect(await demoteAdmin(admin.email)).toEqual({ ok: false, error: "last_admin" });
    expect(await planErasureFor(userId, { user: userId }, new Date())).toEqual({
      ok: false,
      error: "last_admin",
    });
    const other = await verified("admin");
    await blockPerson(userId, { user: other.userId, reason: "Left the shop" });
    expect(await give(userId, "admin", "learner"), "a blocked admin does not count").toEqual({
      ok: false,
      error: "last_admin",
    });
    expect(await blockPerson(other.userId, { user: userId, reason: "Revenge" })).toEqual({
      ok: false,
      error: "last_admin",
    });
  });

  test.each(["demote each other", "demote and block", "demote and plan to erase", "demote from the shell"])(
    "is not lost to the last two admins who %s at the same moment",
    async (how) => {
      for (let round = 0; round < 8; round += 1) {
        const other = await verified("admin");
        const against: Readonly<Record<string, () => Promise<Result<unknown, string>>>> = {
          "demote each other": () => give(admin.userId, "admin", "learner", other.userId),
          "demote and block": () => blockPerson(other.userId, { user: admin.userId, reason: "At once" }),
          "demote and plan to erase": () => planErasureFor(other.userId, { user: admin.userId }, new Date()),
          "demote from the shell": () => demoteAdmin(admin.email),
        };
        const done = await Promise.all([
          give(other.userId, "admin", "learner"),
          against[how]?.() ?? err("unknown"),
        ]);
        // Who came second is the last admin now, or was one no more when their turn came.
        const refusals = done.flatMap((one) => (one.ok ? [] : [one.error]));
        expect(refusals).toHaveLength(1);
        expect(["last_admin", "staff_account"]).toContain(refusals[0]);
        const [left] = await db.execute<{ admins: number }>(sql`select count(*)::int as admins from users
          where role = 'admin' and blocked_at is null and deletion_due_at is null`);
        expect(left?.admins).toBe(1);
        await db.update(users).set({ role: "learner" }).where(eq(users.id, other.userId));
        await db
          .update(users)
          .set({ role: "admin", blockedAt: null, blockedReason: null, deletionDueAt: null })
          .where(eq(users.id, admin.userId));
      }
    },
  );
});

describe("Somebody who is blocked", () => {
  test("is out at once and stays out, keeps what they own, and is let in again", async () => {
    const [person, course] = [await verified(), await addCourse(db)];
    await enroll(db, person.userId, course);
    const session = await signIn(person.userId);
    const press = () => blockPerson(admin.userId, { user: person.userId, reason: "Shares the account" });
    await Promise.all([press(), press()]);
    expect(await findLiveSession(session)).toBeNull();
    expect(await isBlocked(person.userId)).toBe(true);
    const late = await signIn(person.userId);
    expect(await findLiveSession(late), "a session that slipped through is worth nothing").toBeNull();
    expect(await findPerson(admin.userId, person.userId)).toMatchObject({
      state: "blocked",
      blockedReason: "Shares the account",
      seats: [{ title: course.title, state: "active" }],
    });
    await unblockPerson(admin.userId, { user: person.userId });
    expect(await findLiveSession(late)).not.toBeNull();
    expect(await actions(person.userId)).toEqual(["user.unblocked", "user.blocked"]);
  });

  test("of the staff sees nothing any more, asked of the database", async () => {
    const other = await verified("support");
    expect((await listPeople(other.userId, readPersonFilter({}))).rows.length).toBeGreaterThan(0);
    await blockPerson(admin.userId, { user: other.userId, reason: "Left the shop" });
    expect((await listPeople(other.userId, readPersonFilter({}))).rows).toEqual([]);
  });

  test("is never oneself", async () => {
    await verified("admin");
    expect(await blockPerson(admin.userId, { user: admin.userId, reason: "By mistake" })).toEqual({
      ok: false,
      error: "yourself",
    });
  });
});

describe("Help", () => {
  test("ends one session or all of them", async () => {
    const person = await verified();
    const [first, second, third] = [
      await signIn(person.userId),
      await signIn(person.userId),
      await signIn(person.userId),
    ];
    await endSessions(support.userId, { user: person.userId, session: first });
    expect(await findLiveSession(first)).toBeNull();
    expect(await findLiveSession(second)).not.toBeNull();
    await endSessions(support.userId, { user: person.userId });
    expect(await findLiveSession(third)).toBeNull();
    await endSessions(support.userId, { user: person.userId });
    expect(await log(person.userId), "nothing ended, nothing noted").toMatchObject([
      { detail: { after: { sessions: 2 } } },
      { detail: { after: { sessions: 1 } } },
    ]);
    expect(await db.select().from(userSessions).where(eq(userSessions.userId, person.userId))).toEqual([]);
  });

  test("does not end the sessions of other people by their id", async () => {
    const [person, other] = [await verified(), await verified()];
    const session = await signIn(other.userId);
    await endSessions(admin.userId, { user: person.userId, session });
    expect(await findLiveSession(session)).not.toBeNull();
  });

  test("of support is for learners, not for staff", async () => {
    const refused = { ok: false, error: "staff_account" };
    expect(await endSessions(support.userId, { user: admin.userId })).toEqual(refused);
    expect(await requestExportFor(support.userId, { user: admin.userId })).toEqual(refused);
    expect(await resendVerification(support.userId, { user: admin.userId })).toEqual(refused);
  });

  test("sends the link that confirms an address, while it is not confirmed", async () => {
    const person = await addUser(db);
    expect(await resendVerification(support.userId, { user: person.userId })).toMatchObject({ ok: true });
    expect(await db.select().from(emails).where(eq(emails.userId, person.userId))).toMatchObject([
      { kind: "verify_address_link", status: "queued" },
    ]);
    const known = await verified();
    expect(await resendVerification(support.userId, { user: known.userId })).toEqual({
      ok: false,
      error: "verified_already",
    });
  });

  test("asks for one copy of the data, however often it is pressed", async () => {
    const person = await verified();
    const press = () => requestExportFor(support.userId, { user: person.userId });
    await Promise.all([press(), press(), press()]);
    expect(await db.select().from(dataExports).where(eq(dataExports.userId, person.userId))).toHaveLength(1);
    expect(await actions(person.userId)).toEqual(["user.export_requested"]);
  });

  test("plans an erasure that can be undone, and then happens; the log names nobody", async () => {
    const person = await verified();
    const session = await signIn(person.userId);
    const plan = () => planErasureFor(admin.userId, { user: person.userId }, new Date());
    expect(await plan()).toMatchObject({ ok: true });
    expect(await findLiveSession(session)).toBeNull();
    expect((await findPerson(admin.userId, person.userId))?.state).toBe("leaving");
    await undoErasureFor(admin.userId, { user: person.userId }, new Date());
    expect((await findPerson(admin.userId, person.userId))?.state).toBe("active");
    await plan();
    await db.update(users).set({ deletionDueAt: sql`now()` }).where(eq(users.id, person.userId));
    expect(await eraseDueAccounts()).toBe(1);
    const erased = await findPerson(admin.userId, person.userId);
    expect(erased).toMatchObject({ state: "erased", name: "Deleted account", role: "learner" });
    expect(await blockPerson(admin.userId, { user: person.userId, reason: "Too late" })).toEqual({
      ok: false,
      error: "unknown_user",
    });
    expect(JSON.stringify(await log(person.userId))).not.toContain(person.email);
    expect(await actions(person.userId)).toEqual([
      "user.erasure_planned",
      "user.erasure_undone",
      "user.erasure_planned",
    ]);
  });
});

describe("The list of accounts", () => {
  const ids = async (query: Record<string, string>, who: UserId = admin.userId) =>
    (await listPeople(who, readPersonFilter(query), {}, 10_000)).rows.map(({ id }) => id);

  test("is searched by the words of a name, in any order and by their beginnings", async () => {
    const person = await addUser(db);
    await db.update(users).set({ name: "Zoë Quist-O'Brannigan" }).where(eq(users.id, person.userId));
    for (const q of ["Quist", "brannig zoë", "O’Bran", "ZOË", "quist-o"])
      expect(await ids({ q }), q).toEqual([person.userId]);
    for (const q of ["annigan", "zoë smith", "' & x:*", ":*"]) expect(await ids({ q }), q).toEqual([]);
  });

  test("comes in pages that leave nothing out, both ways", async () => {
    const all = await ids({});
    const read = (cursor: { before?: string; after?: string }) =>
      listPeople(admin.userId, readPersonFilter({}), cursor, 5);
    const down = [await read({})];
    for (let page = down[0]; page?.older; page = down.at(-1)) down.push(await read({ before: page.older }));
    const up = down.slice(-1);
    for (let page = up[0]; page?.newer; page = up[0]) up.unshift(await read({ after: page.newer }));
    expect(down.flatMap((page) => page.rows.map(({ id }) => id))).toEqual(all);
    expect(up.flatMap((page) => page.rows.map(({ id }) => id))).toEqual(all);
  });

  test("is searched by address and ids, and narrowed by role and state", async () => {
    const [person, blocked] = [await verified(), await verified()];
    await blockPerson(admin.userId, { user: blocked.userId, reason: "Fraud" });
    await db.update(users).set({ stripeCustomerId: "cus_list1" }).where(eq(users.id, person.userId));
    expect(await ids({ q: person.email.toUpperCase() })).toEqual([person.userId]);
    expect(await ids({ q: person.userId })).toEqual([person.userId]);
    expect(await ids({ q: "cus_list1" })).toEqual([person.userId]);
    expect(await ids({ state: "blocked", q: blocked.email })).toEqual([blocked.userId]);
    expect(await ids({ state: "active", q: blocked.email })).toEqual([]);
    expect(await ids({ role: "admin" })).toEqual([admin.userId]);
    for (const q of ["%", "_", "' or 1=1 --", "\\"]) expect(await ids({ q }), q).toEqual([]);
  });

  test("and one account are staff's only, and hold what the person did", async () => {
    const [person, course] = [await verified(), await addCourse(db)];
    const order = await addOrder(db, person.userId, course);
    expect(await ids({}, person.userId)).toEqual([]);
    expect(await findPerson(person.userId, person.userId)).toBeNull();
    expect(await findPerson(admin.userId, newId<"user">())).toBeNull();
    expect(await findPerson(support.userId, person.userId)).toMatchObject({
      orderCount: 1,
      orders: [{ orderNumber: order.orderNumber }],
      hasTwoSteps: false,
    });
  });
});
