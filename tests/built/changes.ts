import { z } from "zod";
import type { BuiltShop } from "./start-shop";

/** What a visit alone may write: when somebody was here last, and where they read. */
const WRITTEN_BY_VISITS: Readonly<Record<string, readonly string[]>> = {
  user_sessions: ["last_seen_at"],
  enrollments: ["last_accessed_lesson_id", "updated_at"],
};
/** Written by the process's own clock, some seconds after; about nobody. */
const COUNTED = ["step_counts"];

type Row = Readonly<Record<string, unknown>>;
type Change = { readonly name: string; readonly before: Row | null; readonly after: Row | null };

/**
 * Notes every row that is written from now on, in any table. The answer tells which differ, under their table and owner (a
 * user's id, a guest's cart token, or "the shop"): `["carts of 0197…"]`. Comparing the whole database instead took longer
 * with each world that a sweep makes.
 */
export async function watchChanges(shop: BuiltShop): Promise<() => Promise<string[]>> {
  await installOnce(shop);
  const [last] = await shop.sql<{ id: string }[]>`select coalesce(max(id), 0) as id from watch.changes`;
  return async () => {
    const changes = await shop.sql<Change[]>`
      select name, (array_agg(before order by id))[1] as before, (array_agg(after order by id desc))[1] as after
      from watch.changes where id > ${last?.id ?? 0} group by name, key`;
    const differing = changes.filter(({ name, before, after }) => shown(name, before) !== shown(name, after));
    if (differing.length === 0) return [];
    const ownerOf = await readOwners(shop, differing);
    return [...new Set(differing.map((change) => `${change.name} of ${ownerOf(change)}`))].sort();
  };
}

const watched = new WeakMap<BuiltShop, Promise<void>>();

function installOnce(shop: BuiltShop): Promise<void> {
  const installing = watched.get(shop) ?? install(shop);
  watched.set(shop, installing);
  return installing;
}

/** A row is known by its primary key: its first state before and its last after are what is compared. */
async function install(shop: BuiltShop): Promise<void> {
  await shop.sql.unsafe(`
    create schema watch;
    create table watch.changes (
      id bigint generated always as identity primary key, name text not null, key jsonb not null, before jsonb, after jsonb
    );
    create function watch.note() returns trigger language plpgsql as $$
      declare
        before jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
        after jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
      begin
        insert into watch.changes (name, key, before, after)
        values (tg_table_name,
          (select jsonb_object_agg(part, coalesce(after, before) -> part) from unnest(tg_argv) as part), before, after);
        return null;
      end
    $$;
    create function watch.emptied() returns trigger language plpgsql as $$
      begin
        insert into watch.changes (name, key, after) values (tg_table_name, '{}', '{"emptied": true}');
        return null;
      end
    $$;`);
  const tables = await shop.sql<{ name: string; key: string[] | null }[]>`
    select t.relname as name, (
      select array_agg(a.attname::text) from pg_index i join pg_attribute a on a.attrelid = t.oid and a.attnum = any(i.indkey)
      where i.indrelid = t.oid and i.indisprimary) as key
    from pg_class t where t.relnamespace = 'public'::regnamespace and t.relkind = 'r'`;
  for (const { name, key } of tables.filter((table) => !COUNTED.includes(table.name))) {
    if (!key) throw new Error(`${name} has no primary key to know its rows by.`);
    const columns = key.map((column) => `'${column}'`).join(", ");
    await shop.sql.unsafe(`
      create trigger watch after insert or update or delete on "${name}" for each row execute function watch.note(${columns});
      create trigger watch_emptied after truncate on "${name}" execute function watch.emptied();`);
  }
}

function shown(table: string, row: Row | null): string {
  const ignored = WRITTEN_BY_VISITS[table] ?? [];
  return row ? JSON.stringify(Object.entries(row).filter(([column]) => !ignored.includes(column))) : "";
}

const text = z.string().nullish();
const read = (row: Row, column: string) => text.parse(row[column]) ?? null;

/** Whose a row is, told by itself or by what it belongs to, which may be gone by now. */
async function readOwners(shop: BuiltShop, changes: readonly Change[]): Promise<(change: Change) => string> {
  const [carts, orders, refunds] = await Promise.all([
    shop.sql<Row[]>`select id, user_id, token from carts`,
    shop.sql<Row[]>`select id, user_id from orders`,
    shop.sql<Row[]>`select id, order_id from refunds`,
  ]);
  const gone = (table: string) =>
    changes.flatMap(({ name, before }) => (name === table && before ? [before] : []));
  const index = (rows: readonly Row[], owner: (row: Row) => string | null) =>
    new Map(rows.map((row) => [read(row, "id"), owner(row)]));
  const ofCart = index([...gone("carts"), ...carts], (row) => read(row, "user_id") ?? read(row, "token"));
  const ofOrder = index([...gone("orders"), ...orders], (row) => read(row, "user_id"));
  const ofRefund = index(refunds, (row) => ofOrder.get(read(row, "order_id")) ?? null);
  return ({ name, before, after }) => {
    const row = after ?? before ?? {};
    const owner =
      name === "users" || name === "carts"
        ? (ofCart.get(read(row, "id")) ?? read(row, "id"))
        : (read(row, "user_id") ??
          read(row, "guest_token") ??
          ofCart.get(read(row, "cart_id")) ??
          ofOrder.get(read(row, "order_id")) ??
          ofRefund.get(read(row, "refund_id")));
    return owner ?? "the shop";
  };
}
