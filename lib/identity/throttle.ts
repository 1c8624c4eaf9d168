/** Adapter: rate-limiter-flexible on the `rate_limits` table, so that the limits hold over all instances of the shop. */
import "server-only";
import { createHmac } from "node:crypto";
import { RateLimiterDrizzle, RateLimiterRes } from "rate-limiter-flexible";
import { type Database, db } from "@/db/client";
import { rateLimits } from "@/db/schema/identity";
import { env } from "../env";
import { limits, type ThrottleKind } from "./limits";

export type Throttled = { readonly ok: true } | { readonly ok: false; readonly retryAfterSeconds: number };

/** One thing that is counted: which limit, and whose. */
export type Counted = readonly [kind: ThrottleKind, key: string];

/** How long an address from which someone signed in stays known for that account. */
const KNOWN_SECONDS = 90 * 24 * 60 * 60;

/** The throttles over one database; the shop uses `throttles()`. */
export function createThrottles(database: Database) {
  const store = { storeClient: database, schema: rateLimits };
  const kinds = Object.keys(limits) as ThrottleKind[];
  const limiters = new Map(
    kinds.map((kind, index) => {
      const { points, seconds, pause = 0 }: (typeof limits)[ThrottleKind] & { pause?: number } = limits[kind];
      // Each limiter could sweep the table; one is enough.
      const options = {
        ...store,
        keyPrefix: kind,
        points,
        duration: seconds,
        blockDuration: pause,
        clearExpiredByTimeout: index === 0,
      };
      return [kind, new RateLimiterDrizzle(options)];
    }),
  );
  const limiter = (kind: ThrottleKind) => {
    const found = limiters.get(kind);
    if (!found) throw new Error(`No limit named ${kind}`);
    return found;
  };
  const known = new RateLimiterDrizzle({
    ...store,
    keyPrefix: "signInKnown",
    points: 1,
    duration: KNOWN_SECONDS,
    clearExpiredByTimeout: false,
  });

  return {
    /** Counts one, and says whether it was within the limit. */
    async take(kind: ThrottleKind, key: string): Promise<Throttled> {
      try {
        await limiter(kind).consume(fingerprint(key));
        return { ok: true };
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        return { ok: false, retryAfterSeconds: Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)) };
      }
    },
    /** Takes back one that turned out to be harmless. */
    async giveBack(kind: ThrottleKind, key: string): Promise<void> {
      await limiter(kind).reward(fingerprint(key));
    },
    /** Forgets all that was counted. */
    async reset(kind: ThrottleKind, key: string): Promise<void> {
      await limiter(kind).delete(fingerprint(key));
    },
    /** Notes that the owner of `account` signed in from `address`. */
    async remember(account: string, address: string): Promise<void> {
      await known.set(fingerprint(`${account} ${address}`), 1, KNOWN_SECONDS);
    },
    async remembers(account: string, address: string): Promise<boolean> {
      return (await known.get(fingerprint(`${account} ${address}`))) !== null;
    },
  };
}

export type Throttles = ReturnType<typeof createThrottles>;

let shared: Throttles | undefined;

/** The process's throttles, on its one pool. */
export function throttles(): Throttles {
  shared ??= createThrottles(db());
  return shared;
}

/** Counts one try of `kind` by `key` over all instances; not within the limit: seconds until it is worth trying again. */
export function throttle(kind: ThrottleKind, key: string): Promise<Throttled> {
  return throttles().take(kind, key);
}

/** Takes a counted try back, for one that succeeded. */
export function forgive(kind: ThrottleKind, key: string): Promise<void> {
  return throttles().giveBack(kind, key);
}

/** The table holds neither e-mail nor IP addresses, and nobody without the secret can find out whose row one is. */
function fingerprint(key: string): string {
  return createHmac("sha256", env().AUTH_SECRET).update(key).digest("base64url");
}
