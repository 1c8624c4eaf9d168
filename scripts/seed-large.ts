/**
 * npm run seed:large -- DATABASE_URL [--orders N] [--learners N] [--courses N]
 *
 * Fills a database that holds no order with a large shop, for measuring: 1,000,000 orders, 200,000 learners, 1,000 courses
 * unless said otherwise; some minutes. The database is named, never taken from the environment, and migrated first.
 */
import { parseArgs } from "node:util";
import postgres from "postgres";
import { LARGE, seedLarge } from "../db/seed/large";
import { Problem } from "../sandbox/problem";
import { migrateDatabase } from "./migrate";
import { runCommand } from "./run-command";

const USAGE =
  "Usage: npm run seed:large -- postgres://user:password@host:5432/name [--orders N] [--learners N] [--courses N]";

await runCommand(async () => {
  const { url, size } = readArguments();
  await migrateDatabase(url);
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const [found] = await sql<{ held: boolean }[]>`select exists (select 1 from orders) as held`;
    if (found?.held)
      throw new Problem(
        "This database holds orders: nothing was written. Name an empty one, made for measuring.",
      );
    await seedLarge(sql, size, console.log);
  } finally {
    await sql.end();
  }
});

function readArguments() {
  const number = { type: "string" } as const;
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { orders: number, learners: number, courses: number },
  });
  const [url] = positionals;
  if (!url || !/^postgres(ql)?:\/\/\S+$/.test(url)) throw new Problem(USAGE);
  const read = (name: "orders" | "learners" | "courses") => {
    const value = Number(values[name] ?? LARGE[name]);
    if (!Number.isInteger(value) || value < 100)
      throw new Problem(`--${name} must be a whole number of at least 100.`);
    return value;
  };
  return { url, size: { orders: read("orders"), learners: read("learners"), courses: read("courses") } };
}
