import "server-only";
import { lt, or, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { rateLimits, userSessions } from "@/db/schema/identity";
import { pruneGuestCarts } from "@/lib/cart/mutations";
import { forgetRecipients } from "@/lib/gifts/mutations";
import { pruneTokens } from "@/lib/identity/one-time-token";
import { IDLE_SECONDS } from "@/lib/identity/session-lifetime";
import { pruneGuestWishes } from "@/lib/wishlist/mutations";

/**
 * Deletes what has run out and is looked at no more: sessions, links, counters of throttles, carts and wishes of guests who
 * never came back, and the addresses of people who were given something.
 */
export async function pruneExpired(): Promise<number> {
  const sessions = await db()
    .delete(userSessions)
    .where(
      or(
        lt(userSessions.expiresAt, sql`now()`),
        lt(userSessions.lastSeenAt, sql`now() - ${IDLE_SECONDS} * interval '1 second'`),
      ),
    )
    .returning({ id: userSessions.id });
  const counters = await db()
    .delete(rateLimits)
    .where(lt(rateLimits.expire, sql`now()`))
    .returning({ key: rateLimits.key });
  return (
    sessions.length +
    counters.length +
    (await pruneTokens()) +
    (await pruneGuestCarts()) +
    (await pruneGuestWishes()) +
    (await forgetRecipients())
  );
}
