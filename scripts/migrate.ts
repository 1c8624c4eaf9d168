import { fileURLToPath } from "node:url";
import { readMigrationFiles } from "drizzle-orm/migrator";
import postgres from "postgres";
import { Problem } from "../sandbox/problem";

const FOLDER = fileURLToPath(new URL("../db/migrations", import.meta.url));

/**
 * Rows of these are written once, so who owns the tables, which is who the shop connects as, gives up every right to change
 * them. A superuser has all rights, and an owner may take his back: for both there are triggers (decision 0070).
 */
const FINAL = ["invoices", "credit_notes", "order_events", "audit_entries"];
/** Foreign keys lock rows at both their ends in the owner's name, for which Postgres wants a right to update one column. */
const LOCKED_BY_KEYS = new Set(["invoices", "credit_notes"]);

/**
 * Brings the database to the schema of this code and answers how many migrations that took. The book-keeping is
 * drizzle's own table; unlike drizzle's migrator this one takes its lock first, so that several starts against one
 * database apply each migration once.
 *
 * @throws Problem when the database is ahead of the code.
 */
export async function migrateDatabase(
  url: string,
  folder: string = FOLDER,
  answerWithinMs = 20_000,
): Promise<number> {
  const known = readMigrationFiles({ migrationsFolder: folder });
  const latest = Math.max(0, ...known.map((migration) => migration.folderMillis));
  const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 10 });
  try {
    await requireAnswer(sql, answerWithinMs);
    await createBookkeeping(sql);
    return await sql.begin(async (tx) => {
      await tx`lock table drizzle.__drizzle_migrations in exclusive mode`;
      const [row] = await tx<{ applied: string | null }[]>`
        select max(created_at) as applied from drizzle.__drizzle_migrations`;
      const applied = Number(row?.applied ?? -1);
      if (applied > latest) {
        throw new Problem(
          "The database was migrated by a newer Lectern than this one: start the newer version again, or restore the backup from before the upgrade.",
        );
      }
      const pending = known.filter((migration) => migration.folderMillis > applied);
      for (const migration of pending) {
        for (const statement of migration.sql) await tx.unsafe(statement);
        await tx`insert into drizzle.__drizzle_migrations (hash, created_at)
                 values (${migration.hash}, ${migration.folderMillis})`;
      }
      await giveRightsUp(tx);
      return pending.length;
    });
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** The client tries again for ever where nothing answers, or something that is no Postgres. */
async function requireAnswer(sql: postgres.Sql, withinMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise((_, reject) => {
    const late = Object.assign(new Error("no answer"), { code: "CONNECT_TIMEOUT" });
    timer = setTimeout(() => reject(late), withinMs);
  });
  const answer = sql`select 1`.then(() => {});
  await Promise.race([answer, silence]).finally(() => clearTimeout(timer));
}

/** At every start and not once: a restored dump brings the rights back. */
async function giveRightsUp(tx: postgres.TransactionSql): Promise<void> {
  const tables = await tx<{ name: string; owner: string }[]>`
    select relname as name, pg_get_userbyid(relowner) as owner from pg_class
    where relnamespace = 'public'::regnamespace and relname in ${tx(FINAL)}
      and has_table_privilege(relowner, oid, 'UPDATE, DELETE, TRUNCATE')`;
  for (const { name, owner } of tables) {
    await tx`revoke update, delete, truncate on ${tx(name)} from ${tx(owner)}, public`;
    if (LOCKED_BY_KEYS.has(name)) await tx`grant update (id) on ${tx(name)} to ${tx(owner)}`;
  }
}

/** `if not exists` is not atomic: two sessions may both find nothing, and one of them gets a unique violation. */
async function createBookkeeping(sql: postgres.Sql): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await sql`create schema if not exists drizzle`;
      await sql`create table if not exists drizzle.__drizzle_migrations (
        id serial primary key, hash text not null, created_at bigint)`;
      return;
    } catch (error) {
      if (attempt >= 3) throw error;
    }
  }
}
