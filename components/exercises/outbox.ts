"use client";

import { dropAttempt, keepAttempt, type LocalAttempt, listAttempts } from "./local-store";

export type Delivery = "saved" | "waiting" | "refused";

/** One tab sends at a time, where browsers have locks; the ids make a second sending harmless anyway. */
async function alone<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks ? navigator.locks.request("lectern-outbox", work) : work();
}

/** Keeps a submission in this browser, then sends it; without a network it stays until there is one. */
export async function submitAttempt(account: string, attempt: LocalAttempt): Promise<Delivery> {
  const kept = keepAttempt(account, attempt);
  if (!kept) return send(attempt);
  const outcomes = await flushAttempts(account);
  return outcomes.get(attempt.id) ?? "waiting";
}

/** Sends what is waiting, the oldest first; stops at the first that the network keeps back. */
export function flushAttempts(account: string): Promise<ReadonlyMap<string, Delivery>> {
  return alone(async () => {
    const outcomes = new Map<string, Delivery>();
    for (const attempt of listAttempts(account)) {
      const outcome = await send(attempt);
      outcomes.set(attempt.id, outcome);
      if (outcome === "waiting") break;
      dropAttempt(account, attempt.id);
    }
    return outcomes;
  });
}

async function send({ gradedAt, ...attempt }: LocalAttempt): Promise<Delivery> {
  try {
    const response = await fetch("/api/exercises/attempts", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...attempt, ageMs: Math.max(0, Date.now() - gradedAt) }),
    });
    if (response.ok) return "saved";
    // Not enrolled any more, or no such exercise: sending it again would not help. Signed out, busy, broken: later.
    return response.status === 403 || response.status === 400 ? "refused" : "waiting";
  } catch {
    return "waiting";
  }
}
