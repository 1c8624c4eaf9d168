"use client";

/**
 * `waiting` for a network, `signed_out` for its owner: both stay here. One that was refused, since its owner is not enrolled
 * any more, or invalid, since the shop cannot take it as it is, would be so again.
 */
export type Delivery = "saved" | "waiting" | "signed_out" | "refused" | "invalid";

/** `outdated`: saved, a result that passed here and not in the shop, whose exercise has more tests by now. */
export type Outcome = Delivery | "outdated";

/** The account will never have it. */
export const isFinal = (state: string | null): state is "refused" | "invalid" =>
  state === "refused" || state === "invalid";

/** What became of it, and whether the shop was reached at all. */
export type Sent<D extends Outcome = Delivery> = { readonly delivery: D; readonly isReached: boolean };
export type Posted = Sent & { readonly answer: unknown };

const meanings: ReadonlyMap<number, Delivery> = new Map([
  [400, "invalid"],
  [401, "signed_out"],
  [403, "refused"],
]);

/** A request that hangs is given up: while one is under way, no tab sends anything else. */
const LIMIT_MS = 10_000;

/**
 * Sends something of `account`'s. Its name goes along: a page of one person's that is still open after another one signed
 * in here gives nothing to the other. After `limit` it is given up.
 */
export async function post(
  account: string,
  address: string,
  content: object,
  limit = AbortSignal.timeout(LIMIT_MS),
): Promise<Posted> {
  const body = JSON.stringify(content);
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Lectern-Account": account },
      body,
      // Goes on when the tab is closed; browsers take up to 64 kB so.
      keepalive: body.length < 20_000,
      signal: limit,
    });
    if (response.ok) return { delivery: "saved", isReached: true, answer: await response.json() };
    // Any other is busy or broken: later.
    return { delivery: meanings.get(response.status) ?? "waiting", isReached: true, answer: null };
  } catch {
    return { delivery: "waiting", isReached: false, answer: null };
  }
}
