import { z } from "zod";
import type { BuiltShop } from "./start-shop";

/** What a visit alone may write: when somebody was here last, and where they read. */
const WRITTEN_BY_VISITS: Readonly<Record<string, readonly string[]>> = {
  user_sessions: ["last_seen_at"],
  enrollments: ["last_accessed_lesson_id", "updated_at"],
};
/** Written by the importer alone, and large. */
const CATALOGUE = ["courses", "course_modules", "lessons", "exercises"];
/** Written by the process's own clock, some seconds after; about nobody. */
const COUNTED = ["step_counts"];

type Row = Readonly<Record<string, unknown>>;
/** Every row as text, under its table and owner: a user's id, a guest's cart token, or "the shop". */
export type Snapshot = ReadonlyMap<string, readonly string[]>;

/** The whole database but for the catalogue. */
export async function takeSnapshot(shop: BuiltShop): Promise<Snapshot> {
  const tables = await shop.sql<{ name: string }[]>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> all(${[...CATALOGUE, ...COUNTED]})`;
  const rows = new Map<string, readonly Row[]>();
  for (const { name } of tables) {
    const found = await shop.sql<{ row: Row }[]>`select to_jsonb(t) as row from ${shop.sql(name)} t`;
    rows.set(
      name,
      found.map(({ row }) => row),
    );
  }
  const owners = findOwners(rows);
  const snapshot = new Map<string, string[]>();
  for (const [table, list] of rows) {
    for (const row of list) {
      const key = `${table} of ${owners(table, row)}`;
      const ignored = WRITTEN_BY_VISITS[table] ?? [];
      const kept = Object.entries(row).filter(([column]) => !ignored.includes(column));
      const texts = snapshot.get(key) ?? [];
      texts.push(JSON.stringify(kept));
      snapshot.set(key, texts);
    }
  }
  for (const texts of snapshot.values()) texts.sort();
  return snapshot;
}

/** `["carts of 0197…"]`: whose rows in which tables differ. */
export function compareSnapshots(before: Snapshot, after: Snapshot): string[] {
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].filter((key) => String(before.get(key)) !== String(after.get(key))).sort();
}

const text = z.string().nullish();

function findOwners(rows: ReadonlyMap<string, readonly Row[]>) {
  const read = (row: Row, column: string) => text.parse(row[column]) ?? null;
  const index = (table: string, owner: (row: Row) => string | null) =>
    new Map((rows.get(table) ?? []).map((row) => [read(row, "id"), owner(row)]));
  const carts = index("carts", (row) => read(row, "user_id") ?? read(row, "token"));
  const orders = index("orders", (row) => read(row, "user_id"));
  const refunds = index("refunds", (row) => orders.get(read(row, "order_id")) ?? null);
  return (table: string, row: Row): string => {
    const owner =
      table === "users" || table === "carts"
        ? (carts.get(read(row, "id")) ?? read(row, "id"))
        : (read(row, "user_id") ??
          read(row, "guest_token") ??
          carts.get(read(row, "cart_id")) ??
          orders.get(read(row, "order_id")) ??
          refunds.get(read(row, "refund_id")));
    return owner ?? "the shop";
  };
}
