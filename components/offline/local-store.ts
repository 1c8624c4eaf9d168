"use client";

import { isUnsent, type NoteVersion } from "@/lib/notes/settle-note";

/** What this browser keeps of a learner's work until the account has it, under one name per person. */

/** A text that lost against another one, from another tab or device. It can be restored. */
export type SetAside = { readonly code: string; readonly editedAt: number };

export type LocalDraft = {
  readonly code: string;
  /** By this browser's clock, in ms. */
  readonly editedAt: number;
  /** The account's version that it was made from; 0 for none. */
  readonly base: number;
  /** Whether the account has not got it yet. */
  readonly dirty: boolean;
  /** What another tab wrote and this one wrote over before the account had it. */
  readonly aside: SetAside | null;
  /** When the text was edited that the account has set aside and that is not wanted any more. */
  readonly drops: number | null;
};

export type LocalAttempt = {
  readonly id: string;
  readonly course: string;
  readonly exercise: string;
  readonly code: string;
  readonly testsPassed: number;
  readonly testsTotal: number;
  readonly solutionShown: boolean;
  readonly gradedAt: number;
};

/** A lesson ticked or unticked. There is one per lesson, the last. */
export type LocalMark = {
  readonly course: string;
  readonly lesson: string;
  readonly completed: boolean;
  /** By this browser's clock, in ms. */
  readonly markedAt: number;
};

/** A note as it was typed, then as the account has it. There is one per lesson: tabs share it. */
export type LocalNote = NoteVersion & { readonly course: string; readonly lesson: string };

const PREFIX = "lectern:";
const owner = (account: string | null) => account ?? "guest";

export function draftKey(account: string | null, course: string, exercise: string): string {
  return `${PREFIX}draft:${owner(account)}:${course}/${exercise}`;
}

const attemptPrefix = (account: string) => `${PREFIX}attempt:${account}:`;

export function readDraft(key: string): LocalDraft | null {
  return parseDraft(read(key));
}

export function parseDraft(text: string | null): LocalDraft | null {
  const value = parse(text);
  return isText(value)
    ? {
        code: value.code,
        editedAt: value.editedAt,
        base: Number(value.base) || 0,
        dirty: value.dirty === true,
        aside: isText(value.aside) ? { code: value.aside.code, editedAt: value.aside.editedAt } : null,
        drops: typeof value.drops === "number" ? value.drops : null,
      }
    : null;
}

function isText(value: unknown): value is SetAside & Record<string, unknown> {
  return isRecord(value) && typeof value.code === "string" && typeof value.editedAt === "number";
}

/** False when the browser keeps nothing (private windows, a full disk). */
export function writeDraft(key: string, draft: LocalDraft): boolean {
  return write(key, JSON.stringify(draft));
}

/** The exercises whose text the account has not got. */
export function listUnsentDrafts(account: string): { readonly course: string; readonly exercise: string }[] {
  const prefix = `${PREFIX}draft:${account}:`;
  return keys()
    .filter((key) => key.startsWith(prefix) && readDraft(key)?.dirty)
    .map((key) => {
      const [course = "", exercise = ""] = key.slice(prefix.length).split("/");
      return { course, exercise };
    });
}

/** One entry per attempt: two tabs never write the same one. */
export function keepAttempt(account: string, attempt: LocalAttempt): boolean {
  return write(attemptPrefix(account) + attempt.id, JSON.stringify(attempt));
}

export function dropAttempt(account: string, id: string): void {
  remove(attemptPrefix(account) + id);
}

/** In the order in which they were made. */
export function listAttempts(account: string): LocalAttempt[] {
  return keys()
    .filter((key) => key.startsWith(attemptPrefix(account)))
    .flatMap((key) => {
      const value = parse(read(key));
      return isRecord(value) && typeof value.id === "string" ? [value as LocalAttempt] : [];
    })
    .sort((a, b) => a.gradedAt - b.gradedAt);
}

export function markKey(account: string, { course, lesson }: Pick<LocalMark, "course" | "lesson">): string {
  return `${PREFIX}mark:${account}:${course}/${lesson}`;
}

export function readMark(key: string): LocalMark | null {
  const value = parse(read(key));
  return isRecord(value) && typeof value.markedAt === "number" ? (value as LocalMark) : null;
}

export function keepMark(account: string, mark: LocalMark): boolean {
  return write(markKey(account, mark), JSON.stringify(mark));
}

/** Not when the lesson was marked anew in the meantime. */
export function dropMark(account: string, mark: LocalMark): void {
  const key = markKey(account, mark);
  if (readMark(key)?.markedAt === mark.markedAt) remove(key);
}

export function listMarks(account: string): LocalMark[] {
  return keys()
    .filter((key) => key.startsWith(`${PREFIX}mark:${account}:`))
    .flatMap((key) => readMark(key) ?? [])
    .sort((a, b) => a.markedAt - b.markedAt);
}

export function noteKey(account: string, { course, lesson }: Pick<LocalNote, "course" | "lesson">): string {
  return `${PREFIX}note:${account}:${course}/${lesson}`;
}

export function readNote(key: string): LocalNote | null {
  return parseNote(read(key));
}

export function parseNote(text: string | null): LocalNote | null {
  const value = parse(text);
  return isRecord(value) &&
    typeof value.text === "string" &&
    typeof value.base === "string" &&
    typeof value.revision === "number"
    ? (value as LocalNote)
    : null;
}

/** When there is no room for it, what was kept goes too: an older text must not pass for the note. */
export function keepNote(account: string, note: LocalNote): boolean {
  const key = noteKey(account, note);
  const kept = write(key, JSON.stringify(note));
  if (!kept) remove(key);
  return kept;
}

export function listUnsentNotes(account: string): LocalNote[] {
  return keys()
    .filter((key) => key.startsWith(`${PREFIX}note:${account}:`))
    .flatMap((key) => readNote(key) ?? [])
    .filter(isUnsent);
}

/** Forgets everybody's work but `account`'s; all of it when null. A guest's drafts stay. */
export function forgetWork(account: string | null): void {
  for (const key of listOwned()) if (key.split(":")[2] !== account) remove(key);
}

/** Forgets what the accounts have anyway, and keeps what has not been sent. */
export function forgetSent(): void {
  for (const key of listOwned()) if (isSent(key)) remove(key);
}

function isSent(key: string): boolean {
  if (key.startsWith(`${PREFIX}draft:`)) {
    const draft = readDraft(key);
    return !draft?.dirty && !draft?.aside;
  }
  if (!key.startsWith(`${PREFIX}note:`)) return false;
  const note = readNote(key);
  return note === null || !isUnsent(note);
}

/** The entries that belong to an account. */
function listOwned(): string[] {
  return keys().filter((key) => {
    const [, kind, whose] = key.split(":");
    return (
      key.startsWith(PREFIX) && ["draft", "attempt", "mark", "note"].includes(kind ?? "") && whose !== "guest"
    );
  });
}

function keys(): string[] {
  try {
    return Object.keys(localStorage);
  } catch {
    return [];
  }
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, text: string): boolean {
  try {
    localStorage.setItem(key, text);
    return true;
  } catch {
    return false;
  }
}

function remove(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was kept, so there is nothing to forget.
  }
}

function parse(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
