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
import { type Delivery, post } from "./post";
import { type NoteShelf, sendNote } from "./send-note";

/** Something that the account has to get: its name in `Outcomes`, how to send it, how to forget it. */
type Parcel = {
  readonly name: string;
  readonly send: () => Promise<Delivery>;
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
  if (!keepAttempt(account, attempt)) return attemptParcel(account, attempt).send();
  return (await flushOutbox(account)).get(attempt.id) ?? "waiting";
}

/** Keeps a lesson's mark in this browser, then sends it; without a network it stays until there is one. */
export async function submitMark(account: string, mark: LocalMark): Promise<Delivery> {
  if (!keepMark(account, mark)) return markParcel(account, mark).send();
  return (await flushOutbox(account)).get(markKey(account, mark)) ?? "waiting";
}

/** Sends a note from where it is typed; `merged` is called when it had to be merged with what was written elsewhere. */
export function submitNote(
  account: string,
  place: Pick<LocalNote, "course" | "lesson">,
  shelf: NoteShelf,
  merged: () => void,
): Promise<Delivery> {
  return alone(() => sendNote(account, place, shelf, merged));
}

/** Sends what is waiting, the oldest first; stops at the first that has to go on waiting. */
export function flushOutbox(account: string): Promise<Outcomes> {
  return alone(async () => {
    const outcomes = new Map<string, Delivery>();
    for (const parcel of listParcels(account)) {
      const outcome = await parcel.send();
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
    ...listUnsentNotes(account).map((note) => noteParcel(account, note)),
  ];
}

/** How long ago, by this browser's own clock. */
const age = (at: number) => Math.max(0, Date.now() - at);

function attemptParcel(account: string, attempt: LocalAttempt): Parcel {
  const { gradedAt, ...rest } = attempt;
  return {
    name: attempt.id,
    send: () => postParcel(account, "/api/exercises/attempts", { ...rest, ageMs: age(gradedAt) }),
    drop: () => dropAttempt(account, attempt.id),
  };
}

function markParcel(account: string, mark: LocalMark): Parcel {
  const { markedAt, ...rest } = mark;
  return {
    name: markKey(account, mark),
    send: () => postParcel(account, "/api/learning/marks", { ...rest, ageMs: age(markedAt) }),
    drop: () => dropMark(account, mark),
  };
}

/** What was sent stays, for the copy of the lesson that this browser has; what was refused too: it is its writer's text. */
function noteParcel(account: string, note: LocalNote): Parcel {
  const name = noteKey(account, note);
  const read = () => readNote(name) ?? note;
  const write: NoteShelf["write"] = (version) => keepNote(account, { ...note, ...version });
  return { name, send: () => sendNote(account, note, { read, write }), drop: () => {} };
}

async function postParcel(account: string, address: string, content: object): Promise<Delivery> {
  return (await post(account, address, content)).delivery;
}
