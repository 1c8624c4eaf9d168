import postgres from "postgres";
import { LARGE, seedLarge } from "../db/seed/large";
import { env } from "../lib/env";
import { actionId } from "../tests/built/actions";
import { Visitor } from "../tests/built/visitor";
import { type Figure, median } from "./figures";
import type { BenchShop } from "./start-shop";

const ROUNDS = 25;
const WARM = 3;
/** Of the median, from the request to its last byte, beside the shop: for lists, and for the page that adds up weeks of sales. */
const GOAL_MS = 100;
const ANALYTICS_GOAL_MS = 1_000;
const PASSWORD = "Quittenmus-auf-Toast-41";

/** The lists of the admin pages over a million orders, as an admin's browser asks for them. Filling the database takes some minutes. */
export async function* measureAdmin(shop: BenchShop): AsyncGenerator<Figure> {
  const sql = postgres(env().DATABASE_URL, { max: 1, onnotice: () => {} });
  try {
    await seedLarge(sql, LARGE, (line) => console.error(line));
    const visitor = await signInAdmin(sql, shop.origin);
    for (const [name, path] of await listPaths(sql)) {
      const times: number[] = [];
      for (let round = -WARM; round < ROUNDS; round += 1) {
        const startedAt = performance.now();
        const answer = await visitor.send(path);
        if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
        if (round >= 0) times.push(performance.now() - startedAt);
      }
      const ceiling = name === "analytics" ? ANALYTICS_GOAL_MS : GOAL_MS;
      yield { name: `admin:${name}`, ours: median(times), ceiling, unit: "ms", goal: { atMost: 1 } };
    }
  } finally {
    await sql.end();
  }
}

async function listPaths(sql: postgres.Sql): Promise<readonly (readonly [name: string, path: string])[]> {
  const [middle] = await sql<{ number: string; email: string }[]>`
    select order_number as number, billing_email as email from orders order by created_at offset 400000 limit 1`;
  if (!middle) throw new Error("there are no orders");
  return [
    ["orders-first", "/admin/orders"],
    ["orders-deep", `/admin/orders?before=${middle.number}`],
    ["orders-filtered", "/admin/orders?status=refunded&from=2024-01-01"],
    ["orders-by-coupon", "/admin/orders?coupon=LARGE7"],
    ["orders-by-course", "/admin/orders?course=queries%207"],
    ["orders-by-amount", "/admin/orders?sort=total&least=50"],
    ["orders-searched", `/admin/orders?q=${middle.number.slice(0, 14)}`],
    ["orders-by-mail", `/admin/orders?q=${encodeURIComponent(middle.email)}`],
    ["overview", "/admin"],
    ["users", "/admin/users"],
    ["users-by-name", "/admin/users?q=Mira"],
    ["enrollments", "/admin/enrollments"],
    ["courses", "/admin/courses"],
    ["events", "/admin/payments/events"],
    ["analytics", "/admin/analytics"],
  ];
}

async function signInAdmin(sql: postgres.Sql, origin: string): Promise<Visitor> {
  const { hashPassword } = await import("../lib/identity/password");
  const { newId } = await import("../lib/ids");
  const email = "bench-admin@example.test";
  await sql`insert into users (id, email, name, role, password_hash, email_verified_at)
    values (${newId()}, ${email}, 'Bench', 'admin', ${await hashPassword(PASSWORD)}, now())`;
  const visitor = new Visitor(origin);
  await visitor.submit(actionId("signInAction"), "/sign-in", { email, password: PASSWORD });
  await sql`update user_sessions set second_factor_at = now()`;
  return visitor;
}
