"use client";

import {
  dropAttempt,
  dropMark,
  keepAttempt,
  keepMark,
  type LocalAttempt,
  type LocalMark,
  listAttempts,
  listMarks,
  markKey,
} from "./local-store";

/** `waiting` for a network, `signed_out` for its owner: both stay here. A refused one would be refused again. */
export type Delivery = "saved" | "waiting" | "signed_out" | "refused";

/** Something that the account has to get: its name in `Outcomes`, where and what to send, how to forget it. */
type Parcel = {
  readonly name: string;
  readonly address: string;
  readonly content: () => object;
  readonly drop: () => void;
};

export type Outcomes = ReadonlyMap<string, Delivery>;

/** Whether it is still here, to be sent later. */
export const isKept = (delivery: Delivery | null): boolean =>
  delivery === "waiting" || delivery === "signed_out";

/** One tab sends at a time, where browsers have locks; a second sending would be harmless anyway. */
async function alone<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks ? navigator.locks.request("lectern-outbox", work) : work();
}

/** Keeps a submission in this browser, then sends it; without a network it stays until there is one. */
export async function submitAttempt(account: string, attempt: LocalAttempt): Promise<Delivery> {
  if (!keepAttempt(account, attempt)) return send(attemptParcel(account, attempt));
  return (await flushOutbox(account)).get(attempt.id) ?? "waiting";
}

/** Keeps a lesson's mark in this browser, then sends it; without a network it stays until there is one. */
export async function submitMark(account: string, mark: LocalMark): Promise<Delivery> {
  if (!keepMark(account, mark)) return send(markParcel(account, mark));
  return (await flushOutbox(account)).get(markKey(account, mark)) ?? "waiting";
}

/** Sends what is waiting, the oldest first; stops at the first that has to go on waiting. */
export function flushOutbox(account: string): Promise<Outcomes> {
  return alone(async () => {
    const outcomes = new Map<string, Delivery>();
    for (const parcel of listParcels(account)) {
      const outcome = await send(parcel);
      outcomes.set(parcel.name, outcome);
      if (isKept(outcome)) break;
      parcel.drop();
    }
    return outcomes;
  });
}

function listParcels(account: string): Parcel[] {
  return [
    ...listAttempts(account).map((attempt) => attemptParcel(account, attempt)),
    ...listMarks(account).map((mark) => markParcel(account, mark)),
  ];
}

/** How long ago, by this browser's own clock. */
const age = (at: number) => Math.max(0, Date.now() - at);

function attemptParcel(account: string, attempt: LocalAttempt): Parcel {
  const { gradedAt, ...rest } = attempt;
  return {
    name: attempt.id,
    address: "/api/exercises/attempts",
    content: () => ({ ...rest, ageMs: age(gradedAt) }),
    drop: () => dropAttempt(account, attempt.id),
  };
}

function markParcel(account: string, mark: LocalMark): Parcel {
  const { markedAt, ...rest } = mark;
  return {
    name: markKey(account, mark),
    address: "/api/learning/marks",
    content: () => ({ ...rest, ageMs: age(markedAt) }),
    drop: () => dropMark(account, mark),
  };
}

async function send({ address, content }: Parcel): Promise<Delivery> {
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(content()),
    });
    if (response.ok) return "saved";
    if (response.status === 401) return "signed_out";
    // Not enrolled any more, or no such exercise: sending it again would not help. Busy, broken: later.
    return response.status === 403 || response.status === 400 ? "refused" : "waiting";
  } catch {
    return "waiting";
  }
}
