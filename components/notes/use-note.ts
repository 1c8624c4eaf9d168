"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { keepNote, noteKey, parseNote, readNote } from "@/components/offline/local-store";
import { submitNote } from "@/components/offline/outbox";
import type { Delivery } from "@/components/offline/post";
import { mergeNotes } from "@/lib/notes/merge-notes";
import { isUnsent, type NoteVersion, settleNote } from "@/lib/notes/settle-note";

export type NoteState = "idle" | "typing" | "merged" | Delivery;

type Start = {
  /** Names the reader in this browser. */
  readonly account: string;
  readonly course: string;
  readonly lesson: string;
  readonly body: string;
  readonly revision: number;
};

const PAUSE_MS = 700;
const RETRY_MS = 8_000;

/**
 * A note that saves itself as it is typed. With every key it is kept in this browser, for its reader, until the shop has
 * it: closing the tab, or the network's absence, loses nothing. The shop keeps it only over the revision it was typed on,
 * and otherwise hands back the newer one, which is merged here. Tabs of one browser show the same text.
 */
export function useNote({ account, course, lesson, body, revision }: Start) {
  const [text, setText] = useState(body);
  const [state, setState] = useState<NoteState>("idle");
  /** Whether this browser keeps it: not in some private windows. */
  const [isKept, setKept] = useState(true);
  const [isReady, setReady] = useState(false);
  /** What stands in the field; what counts, too, where nothing is kept. */
  const mine = useRef<NoteVersion>({ text: body, base: body, revision });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const key = noteKey(account, { course, lesson });

  const read = useCallback((): NoteVersion => readNote(key) ?? mine.current, [key]);

  const write = useCallback(
    ({ text, base, revision }: NoteVersion) => {
      mine.current = { text, base, revision };
      setText(text);
      setKept(keepNote(account, { course, lesson, text, base, revision }));
    },
    [account, course, lesson],
  );

  const save = useCallback(async () => {
    clearTimeout(timer.current);
    if (!isUnsent(read())) return;
    let wasMerged = false;
    const delivery = await submitNote(account, { course, lesson }, { read, write }, () => {
      wasMerged = true;
      setState("merged");
    });
    if (delivery === "waiting") timer.current = setTimeout(save, RETRY_MS);
    if (delivery !== "saved") setState(delivery);
    else if (!isUnsent(read()) && !wasMerged) setState("saved");
  }, [account, course, lesson, read, write]);

  const type = (typed: string) => {
    const other = read();
    // Another tab may have written while this one slept.
    const text = other.text === mine.current.text ? typed : mergeNotes(mine.current.text, typed, other.text);
    write({ ...other, text });
    setState("typing");
    clearTimeout(timer.current);
    timer.current = setTimeout(save, PAUSE_MS);
  };

  useEffect(() => {
    setReady(true);
    const kept = readNote(key);
    const settled = settleNote(kept ?? mine.current, { body, revision });
    if (kept) write(settled);
    else {
      mine.current = settled;
      setText(settled.text);
    }
    void save();
  }, [key, body, revision, write, save]);

  useEffect(() => {
    const hear = (event: StorageEvent) => {
      const other = event.key === key ? parseNote(event.newValue) : null;
      if (!other) return;
      mine.current = other;
      setText(other.text);
      setState(isUnsent(other) ? "typing" : "saved");
    };
    const flush = () => void save();
    addEventListener("storage", hear);
    addEventListener("online", flush);
    document.addEventListener("visibilitychange", flush);
    return () => {
      removeEventListener("storage", hear);
      removeEventListener("online", flush);
      document.removeEventListener("visibilitychange", flush);
      flush();
    };
  }, [key, save]);

  return { text, state, isKept, isReady, type, save };
}
