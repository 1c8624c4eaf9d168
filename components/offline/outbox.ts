"use client";

import {
  dropAttempt,
  dropMark,
  keepAttempt,
  keepMark,
  keepNote,
  type LocalAttempt,
  type LocalMark,
  type LocalNote,
  listAttempts,
  listMarks,
  listUnsentNotes,
  markKey,
  noteKey,
  readNote,
} from "./local-store";
import { type Delivery, type Outcome, post, type Sent } from "./post";
import { type NoteShelf, sendNote } from "./send-note";

/** Something that the account has to get: its name in `Outcomes`, how to send it, how to forget it. */
export type Parcel = {
  readonly name: string;
  readonly send: (limit?: AbortSignal) => Promise<Sent<Outcome>>;
  readonly drop: () => void;
};

export type Outcomes = ReadonlyMap<string, Outcome>;

/** Whether it is still here, to be sent later. */
export const isKept = (delivery: Outcome | null): boolean =>
  delivery === "waiting" || delivery === "signed_out";

/** One tab sends at a time, where browsers have locks; a second sending would be harmless anyway. */
async function alone<T>(work: () => Promise<T>, limit?: AbortSignal): Promise<T> {
  return navigator.locks ? navigator.locks.request("lectern-outbox", { signal: limit }, work) : work();
}

/** Keeps a submission in this browser, then sends it; without a network it stays until there is one. */
export async function submitAttempt(account: string, attempt: LocalAttempt): Promise<Outcome> {
  if (!keepAttempt(account, attempt)) return (await attemptParcel(account, attempt).send()).delivery;
  return (await flushOutbox(account)).get(attempt.id) ?? "waiting";
}

/** Keeps a lesson's mark in this browser, then sends it; without a network it stays until there is one. */
export async function submitMark(account: string, mark: LocalMark): Promise<Outcome> {
  if (!keepMark(account, mark)) return (await markParcel(account, mark).send()).delivery;
  return (await flushOutbox(account)).get(markKey(account, mark)) ?? "waiting";
}

/** Sends a note from where it is typed; `merged` is called when it had to be merged with what was written elsewhere. */
export function submitNote(
  account: string,
  place: Pick<LocalNote, "course" | "lesson">,
  shelf: NoteShelf,
  merged: () => void,
): Promise<Delivery> {
  return alone(async () => (await sendNote(account, place, shelf, merged)).delivery);
}

/** Sends what is waiting, the oldest first. After `limit` nothing is sent any more; throws when its turn had not come by then. */
export function flushOutbox(account: string, limit?: AbortSignal): Promise<Outcomes> {
  return alone(() => sendInTurn(listParcels(account), limit), limit);
}

/**
 * One after another. Without a network, or signed out, the rest waits for the same; one that the shop has answered holds up
 * no other.
 */
export async function sendInTurn(parcels: readonly Parcel[], limit?: AbortSignal): Promise<Outcomes> {
  const outcomes = new Map<string, Outcome>();
  let halt: Outcome | null = null;
  for (const parcel of parcels) {
    if (halt === null) {
      const { delivery, isReached } = await parcel.send(limit);
      outcomes.set(parcel.name, delivery);
      if (!isKept(delivery)) parcel.drop();
      else if (!isReached || delivery === "signed_out") halt = delivery;
    } else outcomes.set(parcel.name, halt);
  }
  return outcomes;
}

function listParcels(account: string): Parcel[] {
  return [
    ...listAttempts(account).map((attempt) => attemptParcel(account, attempt)),
    ...listMarks(account).map((mark) => markParcel(account, mark)),
    ...listUnsentNotes(account).map((note) => noteParcel(account, note)),
  ];
}

/** How long ago, by this browser's own clock. */
const age = (at: number) => Math.max(0, Date.now() - at);

function attemptParcel(account: string, attempt: LocalAttempt): Parcel {
  const { gradedAt, ...rest } = attempt;
  return {
    name: attempt.id,
    send: async (limit) => {
      const content = { ...rest, ageMs: age(gradedAt) };
      const { answer, ...sent } = await post(account, "/api/exercises/attempts", content, limit);
      return isRefuted(attempt, answer) ? { ...sent, delivery: "outdated" } : sent;
    },
    drop: () => dropAttempt(account, attempt.id),
  };
}

function isRefuted({ testsPassed, testsTotal }: LocalAttempt, answer: unknown): boolean {
  const failed = typeof answer === "object" && answer !== null && "passed" in answer && !answer.passed;
  return failed && testsPassed === testsTotal;
}

function markParcel(account: string, mark: LocalMark): Parcel {
  const { markedAt, ...rest } = mark;
  return {
    name: markKey(account, mark),
    send: (limit) => postParcel(account, "/api/learning/marks", { ...rest, ageMs: age(markedAt) }, limit),
    drop: () => dropMark(account, mark),
  };
}

/** What was sent stays, for the copy of the lesson that this browser has; what was refused too: it is its writer's text. */
function noteParcel(account: string, note: LocalNote): Parcel {
  const name = noteKey(account, note);
  const read = () => readNote(name) ?? note;
  const write: NoteShelf["write"] = (version) => keepNote(account, { ...note, ...version });
  return {
    name,
    send: (limit) => sendNote(account, note, { read, write }, () => {}, limit),
    drop: () => {},
  };
}

async function postParcel(
  account: string,
  address: string,
  content: object,
  limit?: AbortSignal,
): Promise<Sent> {
  const { delivery, isReached } = await post(account, address, content, limit);
  return { delivery, isReached };
}
