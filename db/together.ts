import { type SQL, type SQLWrapper, sql } from "drizzle-orm";

/**
 * Statements that do not need each other's rows as one, so that they cost one round trip and one plan. Each must return
 * something (`returning`). One row comes back: the rows of each by its name, columns as the database calls them. All see
 * the database as it was before any of them ran, and their order among each other is open.
 */
export function together(statements: Readonly<Record<string, SQLWrapper>>): SQL {
  const parts: SQL[] = [];
  const answers: SQL[] = [];
  for (const [key, statement] of Object.entries(statements)) {
    const name = sql.identifier(key);
    parts.push(sql`${name} as (${statement.getSQL()})`);
    answers.push(sql`(select coalesce(json_agg(${name}), '[]') from ${name}) as ${name}`);
  }
  return sql`with ${sql.join(parts, sql`, `)} select ${sql.join(answers, sql`, `)}`;
}
