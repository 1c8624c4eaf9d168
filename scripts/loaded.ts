import { createHash } from "node:crypto";
import postgres from "postgres";
import { hashFiles, hashSources, listFiles } from "./build";
import { demoAccounts } from "./demo-accounts";
import type { Platform } from "./platform";

/** Of what a start brings into the database: the content, the code that reads it, and the demo with its passwords. */
export function hashLoad({ demo, secrets }: Pick<Platform, "demo" | "secrets">): string {
  const hash = createHash("sha256").update(hashSources());
  hashFiles(hash, listFiles("content").sort());
  return hash.update(JSON.stringify(demo ? demoAccounts(secrets) : null)).digest("hex");
}

/** True when the database holds what has this hash, and no import by hand came after it. */
export function isLoaded(databaseUrl: string, hash: string): Promise<boolean> {
  return withDatabase(databaseUrl, async (sql) => {
    const [row] = await sql`select loaded from catalog_revisions`;
    return row?.loaded === hash;
  });
}

/** To be called when all of it has been brought in. */
export function markLoaded(databaseUrl: string, hash: string): Promise<unknown> {
  return withDatabase(databaseUrl, (sql) => sql`update catalog_revisions set loaded = ${hash}`);
}

async function withDatabase<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 10 });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}
