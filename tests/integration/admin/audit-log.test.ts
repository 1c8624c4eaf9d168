import { sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { sqlState, withTransaction } from "@/db/client";
import { recordAudit } from "@/lib/audit/mutations";
import { listAuditEntries, verifyAuditLog } from "@/lib/audit/queries";
import type { UserId } from "@/lib/ids";
import { createTestDatabase } from "../../support/database";
import { addUser } from "../learning/course-factory";

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

  test("is read by admins only, asked of the database", async () => {
    await write("one");
    for (const { userId } of [support, learner]) {
      expect((await listAuditEntries(userId, {}, {})).entries).toEqual([]);
      expect(await verifyAuditLog(userId)).toBeNull();
    }
  });
});
