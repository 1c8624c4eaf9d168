"use client";

/** `waiting` for a network, `signed_out` for its owner: both stay here. A refused one would be refused again. */
export type Delivery = "saved" | "waiting" | "signed_out" | "refused";

export type Posted = { readonly delivery: Delivery; readonly answer: unknown };

/**
 * Sends something of `account`'s. Its name goes along: a page of one person's that is still open after another one signed
 * in here gives nothing to the other.
 */
export async function post(account: string, address: string, content: object): Promise<Posted> {
  const body = JSON.stringify(content);
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Lectern-Account": account },
      body,
      // Goes on when the tab is closed; browsers take up to 64 kB so.
      keepalive: body.length < 20_000,
    });
    if (response.ok) return { delivery: "saved", answer: await response.json() };
    if (response.status === 401) return { delivery: "signed_out", answer: null };
    // Not enrolled any more, or no such exercise: sending it again would not help. Busy, broken: later.
    const isFinal = response.status === 403 || response.status === 400;
    return { delivery: isFinal ? "refused" : "waiting", answer: null };
  } catch {
    return { delivery: "waiting", answer: null };
  }
}
