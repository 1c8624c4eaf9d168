import { mergeNotes } from "./merge-notes";

/** A note as one browser has it. */
export type NoteVersion = {
  readonly text: string;
  /** What the account had when it was typed, and that text's revision there. */
  readonly base: string;
  readonly revision: number;
};

/** Whether the account has not got it yet. */
export const isUnsent = ({ text, base }: NoteVersion): boolean => text !== base;

/**
 * What a browser kept of a note, and what came with the page: the later revision counts, since a page opened without a
 * network is an old copy; what was never sent is added to it.
 */
export function settleNote(
  kept: NoteVersion | null,
  page: { readonly body: string; readonly revision: number },
): NoteVersion {
  if (kept && kept.revision >= page.revision) return kept;
  const text = kept && isUnsent(kept) ? mergeNotes(kept.base, kept.text, page.body) : page.body;
  return { text, base: page.body, revision: page.revision };
}
