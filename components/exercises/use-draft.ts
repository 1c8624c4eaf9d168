"use client";

import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import {
  draftKey,
  type LocalDraft,
  parseDraft,
  readDraft,
  type SetAside,
  writeDraft,
} from "@/components/offline/local-store";
import { postDraft } from "@/components/offline/send-drafts";
import type { EditorHandle } from "./code-editor";
import {
  asideOf,
  type DraftStatus,
  dismissAside,
  firstDraft,
  hearDraft,
  restoreDraft,
  settleDraft,
  statusOf,
  writeOver,
} from "./draft-rules";
import type { WireDraft } from "./lesson-package";

type Options = {
  readonly account: string | null;
  /** Whether drafts go to the account. */
  readonly saves: boolean;
  readonly course: string;
  readonly exercise: string;
  readonly starter: string;
  readonly stored: WireDraft | null;
  readonly editor: RefObject<EditorHandle | null>;
};

/** A pause in typing after which the account gets the text. */
const PAUSE_MS = 1_200;

/**
 * Keeps what is written: in this browser with every key, in the account after a pause. What two tabs or devices wrote
 * apart is settled by the server (lib/exercises/merge-draft.ts): the newer text stays, the other can be restored.
 */
export function useDraft({ account, saves, course, exercise, starter, stored, editor }: Options) {
  const key = draftKey(account, course, exercise);
  const [first] = useState(() => firstDraft(readDraft(key), stored, starter));
  const draft = useRef<LocalDraft>(first);
  /** What the account has set aside. */
  const other = useRef<SetAside | null>(stored?.other ?? null);
  const [status, setStatus] = useState<DraftStatus>(() => statusOf(first, saves, starter));
  const [aside, setAside] = useState(() => asideOf(first, stored?.other ?? null));
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sending = useRef<Promise<void>>(Promise.resolve());

  const put = useCallback(
    (next: LocalDraft) => {
      draft.current = writeOver(readDraft(key), draft.current, next);
      setAside(asideOf(draft.current, other.current));
      return writeDraft(key, draft.current);
    },
    [key],
  );

  const send = useCallback(async () => {
    const sent = draft.current;
    if (!saves || !sent.dirty) return;
    setStatus("saving");
    const { answer } = await postDraft(account ?? "", { course, exercise }, sent);
    if (!answer) return setStatus("local");
    const isLatest = draft.current.code === sent.code;
    other.current = answer.other;
    put(settleDraft(draft.current, sent, answer));
    if (!isLatest) return;
    editor.current?.write(answer.code);
    setStatus("saved");
  }, [saves, account, course, exercise, put, editor]);

  /** One sending at a time: the next one is made from the version that the one before brought. */
  const push = useCallback(() => {
    clearTimeout(timer.current);
    sending.current = sending.current.then(send).catch(() => setStatus("local"));
  }, [send]);

  const change = useCallback(
    (code: string) => {
      if (code === draft.current.code) return;
      const kept = put({ ...draft.current, code, editedAt: Date.now(), dirty: true });
      setStatus(kept ? "local" : "unkept");
      clearTimeout(timer.current);
      timer.current = setTimeout(push, PAUSE_MS);
    },
    [put, push],
  );

  /** Takes the other text back; what is in the editor now is set aside in its place. */
  const restore = useCallback(() => {
    const mine = draft.current;
    const next = restoreDraft(mine, other.current, Date.now());
    if (!mine.aside) other.current = { code: mine.code, editedAt: mine.editedAt };
    put(next);
    editor.current?.write(next.code);
    push();
  }, [put, push, editor]);

  const dismiss = useCallback(() => {
    put(dismissAside(draft.current, other.current));
    push();
  }, [put, push]);

  useEffect(() => {
    const hear = (event: StorageEvent) => {
      const theirs = event.key === key ? parseDraft(event.newValue) : null;
      const next = theirs && hearDraft(draft.current, theirs, saves);
      if (!next) return;
      draft.current = next;
      editor.current?.write(next.code);
      setAside(asideOf(next, other.current));
      setStatus(statusOf(next, saves, starter));
    };
    const leave = () => {
      if (document.visibilityState === "hidden") push();
    };
    addEventListener("storage", hear);
    addEventListener("online", push);
    document.addEventListener("visibilitychange", leave);
    push();
    return () => {
      removeEventListener("storage", hear);
      removeEventListener("online", push);
      document.removeEventListener("visibilitychange", leave);
      push();
    };
  }, [key, saves, starter, push, editor]);

  return { initial: first.code, status, aside, change, restore, dismiss };
}
