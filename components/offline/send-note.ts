"use client";

import { mergeNotes } from "@/lib/notes/merge-notes";
import { isUnsent, type NoteVersion } from "@/lib/notes/settle-note";
import { post, type Sent } from "./post";

/** Where a note's text stands while it is sent: it may be typed on, here or in another tab. */
export type NoteShelf = {
  readonly read: () => NoteVersion;
  readonly write: (version: NoteVersion) => void;
};

/** Each round is over a newer revision; more than a few only while somebody types elsewhere at the same time. */
const MOST_ROUNDS = 5;

/**
 * Sends a note until the account has it. Over a revision that was not seen here nothing is written: the newer text comes
 * back and is merged, so that neither is lost. `merged` is called when that happened.
 */
export async function sendNote(
  account: string,
  place: { readonly course: string; readonly lesson: string },
  { read, write }: NoteShelf,
  merged: () => void = () => {},
  limit?: AbortSignal,
): Promise<Sent> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const sent = read();
    if (!isUnsent(sent)) return { delivery: "saved", isReached: true };
    const content = { ...place, revision: sent.revision, body: sent.text };
    const { answer, ...done } = await post(account, "/api/learning/notes", content, limit);
    if (done.delivery !== "saved") return done;
    const stored = readStored(answer, sent.text);
    if (!stored) break;
    const now = read();
    if (stored.body !== sent.text) merged();
    const text = stored.body === sent.text ? now.text : mergeNotes(sent.base, now.text, stored.body);
    write({ text, base: stored.body, revision: stored.revision });
  }
  return { delivery: "waiting", isReached: true };
}

/** What the account has now: the text that was sent, or the one that overtook it. */
function readStored(answer: unknown, sent: string): { body: string; revision: number } | null {
  if (typeof answer !== "object" || answer === null || !("kind" in answer)) return null;
  if (!("revision" in answer) || typeof answer.revision !== "number") return null;
  if (answer.kind === "saved") return { body: sent, revision: answer.revision };
  return "body" in answer && typeof answer.body === "string"
    ? { body: answer.body, revision: answer.revision }
    : null;
}
