import "server-only";
import { and, desc, eq, sql } from "drizzle-orm";
import { askedBy } from "@/db/asked-by";
import { db } from "@/db/client";
import { emails } from "@/db/schema/notifications";
import type { UserId } from "@/lib/ids";

/** How Stripe's events arrive. Durations in milliseconds, over the last `of` events of a day. */
export type WebhookHealth = {
  readonly lastReceivedAt: Date | null;
  /** Of the last 24 hours, at most `MOST_LOOKED_AT`. */
  readonly received: number;
  readonly isCapped: boolean;
  /** From Stripe's clock to ours; half of the events were quicker, and 19 of 20. */
  readonly medianLagMs: number | null;
  readonly slowLagMs: number | null;
  /** Waiting for Stripe to send them again. */
  readonly failing: number;
  readonly quarantined: number;
};

const MOST_LOOKED_AT = 1_000;

/** Null for who may not see it. Reads the newest events only, so it costs the same in a shop of any size. */
export async function findWebhookHealth(staffId: UserId): Promise<WebhookHealth | null> {
  const [row] = await db().execute<{
    last: string | null;
    received: number;
    median_lag: number | null;
    slow_lag: number | null;
    failing: number;
    quarantined: number;
  }>(sql`
    with latest as (
      select created_at, received_at, attempts from stripe_events
      where received_at > now() - interval '24 hours' order by received_at desc, id desc limit ${MOST_LOOKED_AT}),
    timed as (
      -- A retried event says how long Stripe waited, not how long it took; Stripe's clock has whole seconds.
      select greatest(extract(epoch from received_at - created_at) * 1000, 0)::float8 as lag
      from latest where attempts <= 1)
    select (select to_json(received_at) #>> '{}' from stripe_events order by received_at desc, id desc limit 1) as last,
      (select count(*)::int from latest) as received,
      (select percentile_cont(0.5) within group (order by lag) from timed) as median_lag,
      (select percentile_cont(0.95) within group (order by lag) from timed) as slow_lag,
      (select count(*)::int from (select 1 from stripe_events where status = 'received' limit ${MOST_LOOKED_AT}) f) as failing,
      (select count(*)::int from (select 1 from stripe_events where status = 'quarantined' limit ${MOST_LOOKED_AT}) q)
        as quarantined
    where ${askedBy(staffId, "settings.see")}`);
  if (!row) return null;
  return {
    lastReceivedAt: row.last === null ? null : new Date(row.last),
    received: row.received,
    isCapped: row.received >= MOST_LOOKED_AT,
    medianLagMs: row.median_lag,
    slowLagMs: row.slow_lag,
    failing: row.failing,
    quarantined: row.quarantined,
  };
}

export type TestMail = {
  readonly id: string;
  readonly toAddress: string;
  readonly status: "queued" | "sent" | "failed";
  readonly problem: string | null;
  readonly at: Date;
  readonly sentAt: Date | null;
};

/** The test mails that somebody of the staff last sent to themselves. */
export function listTestMails(staffId: UserId, limit = 3): Promise<TestMail[]> {
  return db()
    .select({
      id: sql<string>`${emails.id}`,
      toAddress: emails.toAddress,
      status: emails.status,
      problem: emails.lastError,
      at: emails.createdAt,
      sentAt: emails.sentAt,
    })
    .from(emails)
    .where(
      and(eq(emails.userId, staffId), eq(emails.kind, "sender_test"), askedBy(staffId, "settings.test_mail")),
    )
    .orderBy(desc(emails.createdAt))
    .limit(limit);
}
