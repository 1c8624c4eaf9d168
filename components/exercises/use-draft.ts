"use client";

import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import {
  draftKey,
  type LocalDraft,
  parseDraft,
  readDraft,
  writeDraft,
} from "@/components/offline/local-store";
import { post } from "@/components/offline/post";
import type { EditorHandle } from "./code-editor";
import type { WireDraft } from "./lesson-package";

export type DraftStatus = "untouched" | "local" | "saving" | "saved" | "unkept";

/** A text that lost against a newer one from another tab or device. */
export type SetAside = { readonly code: string; readonly editedAt: number };

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
  const [first] = useState(() => firstDraft(key, stored, starter));
  const draft = useRef<LocalDraft>(first);
  const [status, setStatus] = useState<DraftStatus>(() => statusOf(first, saves, starter));
  const [aside, setAside] = useState<SetAside | null>(stored?.other ?? null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const put = useCallback(
    (next: LocalDraft) => {
      draft.current = next;
      return writeDraft(key, next);
    },
    [key],
  );

  const push = useCallback(async () => {
    clearTimeout(timer.current);
    const sent = draft.current;
    if (!saves || !sent.dirty) return;
    setStatus("saving");
    const answer = await postDraft({ account, course, exercise }, sent);
    if (!answer) return setStatus("local");
    const now = draft.current;
    const won = answer.code === sent.code;
    if (now.code === sent.code) {
      put({ code: answer.code, editedAt: answer.editedAt, base: answer.version, dirty: false });
      if (!won) editor.current?.write(answer.code);
      setStatus("saved");
    } else if (won) {
      put({ ...now, base: answer.version });
    }
    setAside(answer.other);
  }, [saves, account, course, exercise, put, editor]);

  const change = useCallback(
    (code: string) => {
      if (code === draft.current.code) return;
      const kept = put({ ...draft.current, code, editedAt: Date.now(), dirty: true });
      setStatus(kept ? "local" : "unkept");
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void push(), PAUSE_MS);
    },
    [put, push],
  );

  /** Takes the other text back; what is in the editor now is set aside in its place. */
  const restore = useCallback(() => {
    if (!aside) return;
    const { code, editedAt } = draft.current;
    put({ code: aside.code, editedAt: Date.now(), base: Math.max(0, draft.current.base - 1), dirty: true });
    setAside({ code, editedAt });
    editor.current?.write(aside.code);
    void push();
  }, [aside, put, push, editor]);

  useEffect(() => {
    const hear = (event: StorageEvent) => {
      const other = event.key === key ? parseDraft(event.newValue) : null;
      if (!other || other.code === draft.current.code) return;
      if (draft.current.dirty && saves) return;
      if (draft.current.dirty) setAside({ code: draft.current.code, editedAt: draft.current.editedAt });
      draft.current = other;
      editor.current?.write(other.code);
      setStatus(statusOf(other, saves, starter));
    };
    const leave = () => {
      if (document.visibilityState === "hidden") void push();
    };
    const back = () => void push();
    addEventListener("storage", hear);
    addEventListener("online", back);
    document.addEventListener("visibilitychange", leave);
    void push();
    return () => {
      removeEventListener("storage", hear);
      removeEventListener("online", back);
      document.removeEventListener("visibilitychange", leave);
      void push();
    };
  }, [key, saves, starter, push, editor]);

  return { initial: first.code, status, aside, change, restore, dismiss: () => setAside(null) };
}

/** What this browser wrote and the account has not got comes first, then the account's, then the starter. */
function firstDraft(key: string, stored: WireDraft | null, starter: string): LocalDraft {
  const local = readDraft(key);
  if (local?.dirty) return local;
  if (stored) return { code: stored.code, editedAt: stored.editedAt, base: stored.version, dirty: false };
  return local ?? { code: starter, editedAt: 0, base: 0, dirty: false };
}

function statusOf(draft: LocalDraft, saves: boolean, starter: string): DraftStatus {
  if (draft.code === starter) return "untouched";
  return draft.dirty || !saves ? "local" : "saved";
}

type Place = Pick<Options, "account" | "course" | "exercise">;

async function postDraft({ account, course, exercise }: Place, draft: LocalDraft): Promise<WireDraft | null> {
  const { answer } = await post(account ?? "", "/api/exercises/drafts", {
    course,
    exercise,
    code: draft.code,
    baseVersion: draft.base,
    ageMs: Math.max(0, Date.now() - draft.editedAt),
  });
  return answer as WireDraft | null;
}
