"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { saveNoteAction } from "@/lib/notes/actions";
import { mergeNotes } from "@/lib/notes/merge-notes";

export type NoteState = "idle" | "typing" | "saved" | "merged" | "offline" | "signed_out" | "refused";

type Start = {
  readonly course: string;
  readonly lesson: string;
  readonly body: string;
  readonly revision: number;
};

const PAUSE_MS = 700;
const RETRY_MS = 8_000;

/**
 * A note that saves itself as it is typed. What is typed counts at once; the shop keeps it only over the revision it was
 * typed on, and otherwise hands back the newer one, which is merged here: nothing of either tab is lost. What is not
 * saved yet survives a reload of the tab.
 */
export function useNote({ course, lesson, body, revision }: Start) {
  const [text, setText] = useState(body);
  const [state, setState] = useState<NoteState>("idle");
  const [isReady, setReady] = useState(false);
  const now = useRef(body);
  const synced = useRef({ body, revision });
  const running = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const draftKey = `note:${course}/${lesson}`;

  const save = useCallback(async () => {
    clearTimeout(timer.current);
    if (running.current || now.current === synced.current.body) return;
    running.current = true;
    const sent = now.current;
    const next = await send(course, lesson, synced.current.revision, sent);
    running.current = false;
    if (typeof next === "string") {
      setState(next);
      if (next === "offline") timer.current = setTimeout(save, RETRY_MS);
      return;
    }
    if (next.kind === "saved") {
      synced.current = { body: sent, revision: next.revision };
      if (now.current === sent) {
        dropDraft(draftKey);
        setState((before) => (before === "merged" ? "merged" : "saved"));
        return;
      }
    } else {
      now.current = mergeNotes(synced.current.body, now.current, next.body);
      synced.current = { body: next.body, revision: next.revision };
      setText(now.current);
      setState("merged");
      if (now.current === next.body) return dropDraft(draftKey);
    }
    timer.current = setTimeout(save, PAUSE_MS);
  }, [course, lesson, draftKey]);

  const type = (typed: string) => {
    now.current = typed;
    setText(typed);
    setState("typing");
    keepDraft(draftKey, { base: synced.current.body, text: typed });
    clearTimeout(timer.current);
    timer.current = setTimeout(save, PAUSE_MS);
  };

  useEffect(() => {
    setReady(true);
    const draft = readDraft(draftKey);
    if (draft && draft.text !== synced.current.body) {
      now.current = mergeNotes(draft.base, draft.text, synced.current.body);
      setText(now.current);
      void save();
    }
    const flush = () => void save();
    document.addEventListener("visibilitychange", flush);
    addEventListener("online", flush);
    return () => {
      document.removeEventListener("visibilitychange", flush);
      removeEventListener("online", flush);
      flush();
    };
  }, [draftKey, save]);

  return { text, state, isReady, type, save };
}

async function send(course: string, lesson: string, revision: number, body: string) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ course, lesson, revision: String(revision), body }))
    form.set(name, value);
  try {
    const answer = await saveNoteAction(null, form);
    if (!answer) return "offline" as const;
    if (answer.ok) return answer.value;
    return answer.error.code === "signed_out" ? ("signed_out" as const) : ("refused" as const);
  } catch {
    return "offline" as const;
  }
}

/* The tab's own storage: it survives a reload, and ends with the tab. */

function keepDraft(key: string, draft: { readonly base: string; readonly text: string }): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // Blocked or full: the note is then only as safe as the next save.
  }
}

function dropDraft(key: string): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Blocked: then there was none.
  }
}

function readDraft(key: string): { readonly base: string; readonly text: string } | null {
  try {
    const draft: unknown = JSON.parse(sessionStorage.getItem(key) ?? "null");
    if (typeof draft !== "object" || draft === null || !("base" in draft) || !("text" in draft)) return null;
    return typeof draft.base === "string" && typeof draft.text === "string"
      ? { base: draft.base, text: draft.text }
      : null;
  } catch {
    return null;
  }
}
