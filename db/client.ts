import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { env } from "../lib/env";
import { begin } from "./keep-to-connection";

export type Database = PostgresJsDatabase;
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];
/** A query runs on either. */
export type Executor = Database | Transaction;

/** A pool of connections. Statements end after 15 s and waits for a lock after 5 s, so that nothing hangs for ever. */
export function createDatabase(url: string, options: { readonly max?: number } = {}) {
  const sql = postgres(url, {
    max: options.max ?? 10,
    idle_timeout: 60,
    connect_timeout: 10,
    onnotice: () => {},
    connection: {
      application_name: "lectern",
      statement_timeout: 15_000,
      lock_timeout: 5_000,
      idle_in_transaction_session_timeout: 30_000,
    },
  });
  return { db: drizzle(keepPlans(sql), { casing: "snake_case" }), sql, close: () => sql.end({ timeout: 5 }) };
}

/**
 * The client for drizzle, which wants each statement parsed, described and planned anew: two round trips, and nothing
 * travels together. Prepared ones, kept per connection, go in one (decision 0007).
 */
function keepPlans(client: postgres.Sql): postgres.Sql {
  const kept = {
    unsafe: (text: string, parameters: never[]) => client.unsafe(text, parameters, { prepare: true }),
    begin: (work: (tx: postgres.TransactionSql) => Promise<unknown>) => begin(client, work),
  };
  return new Proxy(client, {
    get: (target, name) => Reflect.get(Object.hasOwn(kept, name) ? kept : target, name),
  });
}

const shared = globalThis as { __lecternDatabase?: ReturnType<typeof createDatabase> };

/** The process's one pool; kept across hot reloads in development. */
export function db(): Database {
  shared.__lecternDatabase ??= createDatabase(env().DATABASE_URL, { max: env().DATABASE_POOL });
  return shared.__lecternDatabase.db;
}

/** Ends the pool; for scripts and tests. */
export async function closeDatabase(): Promise<void> {
  await shared.__lecternDatabase?.close();
  shared.__lecternDatabase = undefined;
}

/** Serialization failure and deadlock: nothing was written, trying again is safe. Source: PostgreSQL, appendix A. */
const RETRYABLE = new Set(["40001", "40P01"]);

/** The SQLSTATE of a database error, also when drizzle wrapped it. */
export function sqlState(error: unknown): string | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    if ("code" in current && typeof current.code === "string" && /^[0-9A-Z]{5}$/.test(current.code))
      return current.code;
  }
  return undefined;
}

/** Waited too long for a lock, ran too long, no connection left: nothing was written, later may go better. */
const OVERLOADED = new Set(["55P03", "57014", "53300"]);

/** True when the database gave up for want of time or room. Source: PostgreSQL, appendix A. */
export const isOverloaded = (error: unknown): boolean => OVERLOADED.has(sqlState(error) ?? "");

/** The constraint that a write broke (SQLSTATE class 23), or undefined. */
export function violatedConstraint(error: unknown): string | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    if ("constraint_name" in current && typeof current.constraint_name === "string")
      return current.constraint_name;
  }
  return undefined;
}

export const TRANSACTION_ATTEMPTS = 5;

/** What a transaction sends together with its commit; only those of `withTransaction` have a place here. */
const closing = new WeakMap<Transaction, (() => Promise<unknown>)[]>();

/**
 * Sends a statement together with the commit, without a pause between them in which its locks are held: for a row that
 * everybody waits for. When it fails, nothing is committed and the transaction throws. `send` hands it over at once.
 */
export function sendWithCommit(tx: Transaction, send: () => Promise<unknown>): void {
  const statements = closing.get(tx);
  if (!statements) throw new Error("only a transaction of withTransaction can send with its commit");
  statements.push(send);
}

/** Runs now what would travel with the commit, for who needs its effect before. */
export async function runBeforeCommit(tx: Transaction): Promise<void> {
  for (const send of closing.get(tx)?.splice(0) ?? []) await send();
}

/** Runs `work` in one transaction; repeats it when the database chose it as a victim, at most `TRANSACTION_ATTEMPTS` times in all. */
export async function withTransaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runTransaction(work);
    } catch (error) {
      if (attempt >= TRANSACTION_ATTEMPTS || !RETRYABLE.has(sqlState(error) ?? "")) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** attempt));
    }
  }
}

async function runTransaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  const result = await db().transaction(async (tx) => {
    closing.set(tx, []);
    const value = await work(tx);
    const statements = closing.get(tx) ?? [];
    if (statements.length > 0) {
      last = Promise.all(statements.map((send) => send()));
      // Awaited below; Postgres answers a commit after a failure with a rollback, which is no error to the driver.
      last.catch(() => {});
      // Drizzle hands a statement over within microtasks: after this turn all of them are ahead of the commit.
      await new Promise((resolve) => setImmediate(resolve));
    }
    return value;
  });
  await last;
  return result;
}
