"use client";

import { isFinal } from "@/components/offline/post";
import { inputClass } from "@/components/ui/field";
import { Link } from "@/components/ui/link";
import { MAX_NOTE } from "@/lib/notes/limits";
import { type NoteState, useNote } from "./use-note";

const words: Readonly<Record<NoteState, string>> = {
  idle: "Saved as you type. Only you can read it.",
  typing: "Saving …",
  saved: "Saved.",
  merged: "You wrote here on another device too. Both texts are kept, and saved.",
  waiting: "Kept in this browser, and saved once the shop can be reached.",
  signed_out: "You are signed out. It is kept in this browser, and saved once you have signed in again.",
  refused: "Not saved: you are not enrolled in this course any more. Copy the text to keep it.",
  invalid: "Not saved: it is too long, or this page is out of date. Copy the text, then reload the page.",
};

/** In a browser that keeps nothing. */
const unkept: Partial<typeof words> = {
  waiting: "Not saved yet: the shop cannot be reached. It is tried again while this page is open.",
  signed_out: "Not saved: you are signed out. Sign in in another tab; then type on here.",
};

type LessonNoteProps = {
  /** Names the reader in this browser. */
  readonly account: string;
  readonly course: string;
  readonly lesson: string;
  readonly note: { readonly body: string; readonly revision: number };
};

/** What the reader writes beside a lesson. */
export function LessonNote({ account, course, lesson, note }: LessonNoteProps) {
  const { text, state, isKept, isReady, type, save } = useNote({ account, course, lesson, ...note });
  const waits = state === "waiting" || state === "signed_out";
  const failed = isFinal(state) || (waits && !isKept);
  return (
    <section
      aria-labelledby="note-title"
      className="mt-12 max-w-prose border-t border-hairline pt-6 print:hidden"
    >
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 id="note-title" className="text-lg">
          <label htmlFor="note">Your notes</label>
        </h2>
        <Link
          href={`/account/notes?course=${course}`}
          prefetch={false}
          className="inline-flex min-h-target items-center text-sm"
        >
          All notes on this course
        </Link>
      </div>
      {/* A reload shows what is kept, not what the browser remembers of the field: that may be older. */}
      <form autoComplete="off">
        <textarea
          id="note"
          value={text}
          // What is typed before the scripts are there would be overwritten by them.
          readOnly={!isReady}
          maxLength={MAX_NOTE}
          rows={Math.min(16, Math.max(4, text.split("\n").length + 1))}
          aria-describedby="note-state"
          onChange={(event) => type(event.target.value)}
          onBlur={() => void save()}
          className={`${inputClass} mt-3 block resize-y leading-normal`}
        />
      </form>
      <p
        id="note-state"
        role="status"
        className={`mt-1.5 text-xs ${failed ? "font-medium text-danger" : "text-ink-muted"}`}
      >
        {(isKept ? undefined : unkept[state]) ?? words[state]}
      </p>
    </section>
  );
}
