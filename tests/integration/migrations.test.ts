import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { newId } from "@/lib/ids";
import { migrateDatabase } from "../../scripts/migrate";
import { createTestDatabase } from "../support/database";

const database = await createTestDatabase();
const folder = mkdtempSync(join(tmpdir(), "lectern-migrations-"));
cpSync("db/migrations", folder, { recursive: true });
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

/** Adds a migration to the copied folder, later than all the others. */
function addMigration(tag: string, statements: string): void {
  const path = join(folder, "meta", "_journal.json");
  const journal = JSON.parse(readFileSync(path, "utf8")) as { entries: { when: number }[] };
  const when = Math.max(...journal.entries.map((entry) => entry.when)) + 1;
  const entry = { idx: journal.entries.length, version: "7", when, tag, breakpoints: true };
  writeFileSync(path, JSON.stringify({ ...journal, entries: [...journal.entries, entry] }));
  writeFileSync(join(folder, `${tag}.sql`), statements);
}

test("a migrated database needs nothing more", async () => {
  expect(await migrateDatabase(database.url)).toBe(0);
});

test("who wanted no mails about courses when certificates belonged to them gets none about those either", async () => {
  const { sql } = database;
  const [reader, other] = [newId<"user">(), newId<"user">()];
  for (const id of [reader, other])
    await sql`insert into users (id, email, name) values (${id}, ${`${id}@example.org`}, 'Ada')`;
  await sql`insert into email_opt_outs values (${reader}, 'learning'), (${other}, 'gifts')`;
  await sql.unsafe(readFileSync("db/migrations/0025_optional_mails.sql", "utf8"));
  const refused = await sql`select user_id, "group" from email_opt_outs order by "group"`;
  expect([...refused]).toEqual([
    { user_id: reader, group: "certificates" },
    { user_id: other, group: "gifts" },
    { user_id: reader, group: "learning" },
  ]);
});

test("every start gives up the rights that a restored dump brought back", async () => {
  const { sql } = database;
  const rights = async () => {
    const [held] = await sql<{ changes: boolean; reads: boolean }[]>`
      select has_table_privilege('invoices', 'UPDATE, DELETE, TRUNCATE') as changes,
        has_table_privilege('invoices', 'SELECT') and has_table_privilege('invoices', 'INSERT') as reads`;
    return held;
  };
  expect(await rights()).toEqual({ changes: false, reads: true });
  await sql`grant all on invoices to current_user`;
  expect(await rights()).toEqual({ changes: true, reads: true });
  await Promise.all([1, 2, 3].map(() => migrateDatabase(database.url)));
  expect(await rights()).toEqual({ changes: false, reads: true });
});

test("a migration that fails half-way leaves no trace and names its error", async () => {
  addMigration(
    "9998_broken",
    "create table half_done (id int);\n--> statement-breakpoint\nselect * from missing;",
  );
  await expect(migrateDatabase(database.url, folder)).rejects.toThrow(/missing/);
  expect(await database.sql`select from pg_tables where tablename = 'half_done'`).toHaveLength(0);
  writeFileSync(join(folder, "9998_broken.sql"), "create table whole (id int);");
});

test("five starts at once apply a new migration once", async () => {
  const counts = await Promise.all(Array.from({ length: 5 }, () => migrateDatabase(database.url, folder)));
  expect(counts.toSorted()).toEqual([0, 0, 0, 0, 1]);
});

test("code older than the database refuses it in one sentence", async () => {
  await expect(migrateDatabase(database.url)).rejects.toThrow(/newer Lectern/);
});

test("a server that is no Postgres is given up", async () => {
  const server = createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")).listen(
    0,
    "127.0.0.1",
  );
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  await expect(
    migrateDatabase(`postgres://shop@127.0.0.1:${port}/shop`, undefined, 1_000),
  ).rejects.toMatchObject({ code: "CONNECT_TIMEOUT" });
  server.close();
});
