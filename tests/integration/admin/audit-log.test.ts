import { sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { closeDatabase, sqlState, withTransaction } from "@/db/client";
import { recordAudit } from "@/lib/audit/mutations";
import { type AuditFilter, listActors, listAuditEntries, verifyAuditLog } from "@/lib/audit/queries";
import type { UserId } from "@/lib/ids";
import { createTestDatabase } from "../../support/database";
import { addCourse, addUser, enroll } from "../learning/course-factory";

const database = await createTestDatabase();
afterAll(database.close);
const { db } = database;
const [admin, support, learner] = [
  await addUser(db, "admin"),
  await addUser(db, "support"),
  await addUser(db),
];

/** What only the owner of the table can do, and only on purpose. */
async function tamper(statement: ReturnType<typeof sql>) {
  await db.execute(sql`grant update, delete on audit_entries to current_user`);
  await db.execute(sql`alter table audit_entries disable trigger user`);
  await db.execute(statement);
  await db.execute(sql`alter table audit_entries enable trigger user`);
  await db.execute(sql`revoke update, delete on audit_entries from current_user`);
}

beforeEach(async () => {
  await tamper(sql`delete from audit_entries`);
  await db.execute(sql`delete from audit_heads`);
});

const write = (label: string, actorId: UserId = admin.userId) =>
  withTransaction((tx) =>
    recordAudit(tx, {
      actorId,
      action: "orders.exported",
      subject: { type: "list", id: "orders", label },
      detail: { after: { rows: 3, filter: "status=failed" }, reason: "test" },
    }),
  );

async function rowsRead(): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 50));
  await db.execute(sql`select pg_stat_clear_snapshot()`);
  const [row] = await db.execute<{ rows: number }>(sql`
    select (seq_tup_read + idx_tup_fetch)::int as rows from pg_stat_user_tables where relname = 'audit_entries'`);
  return row?.rows ?? 0;
}

describe("The audit log", () => {
  test("chains what is written, also by many at once", async () => {
    await Promise.all(Array.from({ length: 12 }, (_, n) => write(`line ${n}`)));
    const { entries } = await listAuditEntries(admin.userId, {}, {});
    expect(entries.map((entry) => entry.number)).toEqual(Array.from({ length: 12 }, (_, n) => 12 - n));
    expect(entries[0]).toMatchObject({ actor: "Reader", detail: { after: { rows: 3 }, reason: "test" } });
    const check = await verifyAuditLog(admin.userId, 5);
    expect(check).toMatchObject({ intact: 12, hash: entries[0]?.hash, broken: null });
  });

  test("has no line of a change that was not made", async () => {
    await write("kept");
    const undone = withTransaction(async (tx) => {
      await recordAudit(tx, {
        actorId: admin.userId,
        action: "orders.exported",
        subject: { type: "list", id: "orders", label: "undone" },
      });
      throw new Error("undo");
    });
    await expect(undone).rejects.toThrow("undo");
    await write("kept too");
    const { entries } = await listAuditEntries(admin.userId, {}, {});
    expect(entries.map((entry) => entry.subjectLabel)).toEqual(["kept too", "kept"]);
    expect(await verifyAuditLog(admin.userId)).toMatchObject({ intact: 2, broken: null });
  });

  test("takes no change and no deletion: the role has no right to, and a trigger minds who takes it", async () => {
    await write("one");
    const answers = () =>
      Promise.all(
        [
          sql`update audit_entries set subject_label = 'two'`,
          sql`delete from audit_entries`,
          sql`truncate audit_entries`,
        ].map((statement) => db.execute(statement).then(() => "done", sqlState)),
      );
    expect(await answers()).toEqual(["42501", "42501", "42501"]);
    await db.execute(sql`grant update, delete, truncate on audit_entries to current_user`);
    expect(await answers()).toEqual(["23001", "23001", "23001"]);
    await db.execute(sql`revoke update, delete, truncate on audit_entries from current_user`);
    expect((await listAuditEntries(admin.userId, {}, {})).entries).toHaveLength(1);
  });

  test("finds what was altered behind its back", async () => {
    for (const label of ["one", "two", "three"]) await write(label);
    await tamper(sql`update audit_entries set detail = '{"after": {"rows": 4}}' where number = 2`);
    expect(await verifyAuditLog(admin.userId)).toMatchObject({
      intact: 1,
      broken: { number: 2, problem: "changed" },
    });
    await tamper(sql`delete from audit_entries where number >= 2`);
    expect(await verifyAuditLog(admin.userId)).toMatchObject({ broken: { number: 2, problem: "missing" } });
  });

  test("is searched by the beginning of a label, in pages both ways", async () => {
    for (let n = 1; n <= 7; n += 1) await write(n % 2 === 0 ? `ORD-${n}` : `100%_${n}`);
    const found = await listAuditEntries(admin.userId, { begins: "100%" }, {}, 3);
    expect(found.entries.map((entry) => entry.number)).toEqual([7, 5, 3]);
    expect((await listAuditEntries(admin.userId, { begins: "1000" }, {})).entries).toEqual([]);
    const older = await listAuditEntries(admin.userId, { begins: "100%" }, { before: found.older ?? 0 }, 3);
    expect(older).toMatchObject({ entries: [{ number: 1 }], newer: 1, older: null });
    const back = await listAuditEntries(admin.userId, { begins: "100%" }, { after: older.newer ?? 0 }, 3);
    expect(back.entries.map((entry) => entry.number)).toEqual([7, 5, 3]);
    expect(back).toMatchObject({ newer: null, older: 3 });
  });

  test("is narrowed to who acted, and to days of the reader's zone, whatever the pages", async () => {
    for (let n = 1; n <= 9; n += 1) await write(`line ${n}`, n % 3 === 0 ? support.userId : admin.userId);
    // Line n at 23:30 UTC of November n: half past midnight of the day after in Berlin.
    await tamper(
      sql`update audit_entries set at = '2026-11-01T23:30:00Z'::timestamptz + (number - 1) * interval '1 day'`,
    );
    const numbers = async (filter: AuditFilter, zone?: string) =>
      (await listAuditEntries(admin.userId, filter, {}, 25, zone)).entries.map((entry) => entry.number);
    expect(await numbers({ actor: support.userId })).toEqual([9, 6, 3]);
    expect(await numbers({ from: "2026-11-03", to: "2026-11-05" })).toEqual([5, 4, 3]);
    expect(await numbers({ from: "2026-11-03", to: "2026-11-05" }, "Europe/Berlin")).toEqual([4, 3, 2]);
    expect(await numbers({ from: "2026-11-08" })).toEqual([9, 8]);
    expect(await numbers({ to: "2026-11-01" })).toEqual([1]);
    expect(await numbers({ to: "2026-10-31" })).toEqual([]);
    expect(await numbers({ from: "2026-11-10" })).toEqual([]);
    expect(await numbers({ from: "2026-11-02", to: "2026-11-07", actor: support.userId })).toEqual([6, 3]);
    const page = await listAuditEntries(admin.userId, { to: "2026-11-05" }, { before: 4 }, 2);
    expect(page).toMatchObject({ entries: [{ number: 3 }, { number: 2 }], newer: 3, older: 2 });
  });

  test("finds the entries of a day by the primary key alone, however many there are", async () => {
    await write("one");
    await tamper(sql`
      insert into audit_entries select n, '2026-01-01'::timestamptz + n * interval '1 minute', actor_id, action, subject_type,
        subject_id, subject_label, detail, previous_hash, hash from audit_entries, generate_series(2, 20000) n`);
    await db.execute(sql`update audit_heads set number = 20000`);
    await db.execute(sql`analyze audit_entries`);
    // A connection tells what it read when it ends.
    await closeDatabase();
    const before = await rowsRead();
    const { entries } = await listAuditEntries(admin.userId, { from: "2026-01-03", to: "2026-01-03" }, {});
    await closeDatabase();
    expect(entries.map(({ number }) => number)).toEqual(Array.from({ length: 25 }, (_, n) => 4319 - n));
    expect((await rowsRead()) - before).toBeLessThan(200);
  });

  test("names people, courses and seats as they are called now, and nobody who was erased", async () => {
    const [reader, gone] = [await addUser(db), await addUser(db, "support")];
    const course = await addCourse(db);
    const seat = await enroll(db, reader.userId, course);
    await withTransaction((tx) =>
      recordAudit(tx, {
        actorId: gone.userId,
        action: "seat.granted",
        subject: { type: "enrollment", id: seat, label: course.slug },
        detail: { after: { learner: reader.userId, courses: [course.id] } },
      }),
    );
    const named = async () => {
      const { entries, names } = await listAuditEntries(admin.userId, {}, {});
      return {
        actor: entries[0]?.actor,
        learner: names.get(reader.userId)?.name,
        seat: names.get(seat)?.name,
        names,
      };
    };
    const before = await named();
    expect(before).toMatchObject({ actor: "Reader", learner: "Reader", seat: "Reader" });
    expect(before.names.get(course.id)?.course).toMatchObject({ slug: course.slug, currency: "usd" });
    expect(before.names.get(seat)?.course).toMatchObject({ slug: course.slug });
    await db.execute(sql`update users set erased_at = now(), name = 'Deleted account', role = 'learner'
      where id in (${reader.userId}, ${gone.userId})`);
    expect(await named()).toMatchObject({ actor: null, learner: null, seat: null });
    const actors = await listActors(admin.userId, gone.userId);
    expect(actors.find(({ id }) => id === gone.userId)).toMatchObject({ name: null });
    expect((await listActors(admin.userId)).map(({ id }) => id)).not.toContain(gone.userId);
    expect(await listActors(support.userId, gone.userId)).toEqual([]);
  });

  test("is read by admins only, asked of the database", async () => {
    await write("one");
    for (const { userId } of [support, learner]) {
      expect((await listAuditEntries(userId, {}, {})).entries).toEqual([]);
      expect(await verifyAuditLog(userId)).toBeNull();
    }
  });
});
