import "server-only";
import { and, desc, eq, gt, sql } from "drizzle-orm";
import { db, type Executor } from "@/db/client";
import { dataExports } from "@/db/schema/privacy";
import type { UserId } from "@/lib/ids";
import { ERASED, KEPT } from "./personal-data";

type Row = Readonly<Record<string, unknown>>;

/** Everything that is kept about somebody, by table; without what would open the account, and without anybody else's. */
export async function collectPersonalData(userId: UserId): Promise<ReadonlyMap<string, readonly Row[]>> {
  const found = new Map<string, readonly Row[]>();
  const account = await db().execute<{ row: Row }>(
    sql`select to_jsonb(u) - 'password_hash' as row from users u where u.id = ${userId}`,
  );
  found.set(
    "account",
    account.map(({ row }) => row),
  );
  for (const { table, owner, via, address, called = table, secret = [] } of [...ERASED, ...KEPT]) {
    const addressed = address
      ? sql` or ${sql.identifier(address)} = (select email from users where id = ${userId})`
      : sql``;
    const whose = via
      ? sql`${sql.identifier(owner)} in (select id from ${sql.identifier(via)} where user_id = ${userId})`
      : sql`${sql.identifier(owner)} = ${userId}`;
    const left = sql.join(
      secret.map((column) => sql` - ${column}::text`),
      sql``,
    );
    const rows = await db().execute<{ row: Row }>(
      sql`select to_jsonb(t)${left} as row from ${sql.identifier(table)} t where ${whose}${addressed}`,
    );
    found.set(
      called,
      rows.map(({ row }) => row),
    );
  }
  return found;
}

export type DataExport = {
  readonly id: string;
  readonly status: "queued" | "ready" | "failed";
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
};

/** The newest copy that somebody asked for; null when there is none, or its day is over. */
export async function findExport(userId: UserId): Promise<DataExport | null> {
  const [row] = await db()
    .select({
      id: dataExports.id,
      status: dataExports.status,
      createdAt: dataExports.createdAt,
      expiresAt: dataExports.expiresAt,
    })
    .from(dataExports)
    .where(
      and(
        eq(dataExports.userId, userId),
        sql`(${dataExports.expiresAt} is null or ${dataExports.expiresAt} > now())`,
      ),
    )
    .orderBy(desc(dataExports.createdAt))
    .limit(1);
  return row ?? null;
}

/** The packed copy, for its owner and for 24 hours; anybody else's id is not found. */
export async function findArchive(userId: UserId, exportId: string): Promise<Buffer | null> {
  const [row] = await db()
    .select({ archive: dataExports.archive })
    .from(dataExports)
    .where(
      and(
        sql`${dataExports.id}::text = ${exportId}`,
        eq(dataExports.userId, userId),
        eq(dataExports.status, "ready"),
        gt(dataExports.expiresAt, sql`now()`),
      ),
    );
  return row?.archive ?? null;
}

/**
 * Whether money of somebody is still on its way, or the mail with a gift that they gave or are to get: its link is all that
 * is left of what was paid. Their account is erased later then.
 */
export async function hasOpenMoney(userId: UserId, executor: Executor = db()): Promise<boolean> {
  const [row] = await executor.execute<{ open: boolean }>(sql`
    select exists (select 1 from orders where user_id = ${userId} and status in ('pending', 'processing'))
        or exists (select 1 from refunds r join orders o on o.id = r.order_id
                   where o.user_id = ${userId} and r.status = 'pending')
        or exists (select 1 from refund_requests where user_id = ${userId} and state = 'open')
        or exists (select 1 from emails where kind = 'gift_received' and status = 'queued'
                   and (user_id = ${userId} or to_address = (select email from users where id = ${userId})))
        or exists (select 1 from disputes d join orders o on o.id = d.order_id
                   where o.user_id = ${userId} and d.state in ('inquiry', 'open')) as open`);
  return row?.open ?? false;
}
