import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Executor } from "./client";

/**
 * Runs statements that do not need each other's rows as one, so that they cost one round trip and one plan. Each must
 * return something (`returning`); the answer has the rows of each by its name, columns as the database calls them. All see
 * the database as it was before any of them ran, and their order among each other is open.
 */
export async function runTogether<Name extends string>(
  executor: Executor,
  statements: Readonly<Record<Name, SQLWrapper>>,
): Promise<Readonly<Record<Name, readonly Readonly<Record<string, unknown>>[]>>> {
  const parts: SQL[] = [];
  const answers: SQL[] = [];
  for (const [key, statement] of Object.entries<SQLWrapper>(statements)) {
    const name = sql.identifier(key);
    parts.push(sql`${name} as (${statement.getSQL()})`);
    answers.push(sql`(select coalesce(json_agg(${name}), '[]') from ${name}) as ${name}`);
  }
  const [row] = await executor.execute(
    sql`with ${sql.join(parts, sql`, `)} select ${sql.join(answers, sql`, `)}`,
  );
  return row as Record<Name, Record<string, unknown>[]>;
}
