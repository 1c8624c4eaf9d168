"use client";

import { settleDraft } from "@/components/exercises/draft-rules";
import type { WireDraft } from "@/components/exercises/lesson-package";
import { draftKey, type LocalDraft, listUnsentDrafts, readDraft, writeDraft } from "./local-store";
import { post, type Sent } from "./post";

type Place = { readonly course: string; readonly exercise: string };

/** The account's draft once it has this one; null when it has not. */
export async function postDraft(
  account: string,
  { course, exercise }: Place,
  draft: LocalDraft,
  limit?: AbortSignal,
): Promise<Sent & { readonly answer: WireDraft | null }> {
  const content = {
    course,
    exercise,
    code: draft.code,
    baseVersion: draft.base,
    ageMs: Math.max(0, Date.now() - draft.editedAt),
    drops: draft.drops ?? undefined,
  };
  const posted = await post(account, "/api/exercises/drafts", content, limit);
  return { ...posted, answer: posted.answer as WireDraft | null };
}

/** Sends what was written in exercises that are not open now, and stops at the first that does not reach the account. */
export async function sendDrafts(account: string, limit: AbortSignal): Promise<void> {
  for (const place of listUnsentDrafts(account)) {
    const key = draftKey(account, place.course, place.exercise);
    const sent = readDraft(key);
    if (!sent) continue;
    const { answer, delivery, isReached } = await postDraft(account, place, sent, limit);
    if (answer) writeDraft(key, settleDraft(readDraft(key) ?? sent, sent, answer));
    else if (!isReached || delivery === "signed_out") return;
  }
}
