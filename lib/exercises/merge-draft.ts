export type DraftText = { readonly code: string; readonly editedAt: Date };

export type Draft = DraftText & {
  readonly version: number;
  /** A version that lost against a newer one without having been seen by it. It can be restored. */
  readonly other: DraftText | null;
};

/**
 * What is kept when a tab or device saves `incoming`, which was made from version `base` of the stored draft.
 *
 * - The same text changes nothing.
 * - Made from the stored version: it takes its place, and a version set aside stays aside.
 * - Made from an older version: two places were written at. The one edited last is kept, the other set aside.
 * - `drops` names a version set aside by the ms it was edited at: it goes, unless another one is there by now.
 */
export function mergeDraft(stored: Draft, incoming: DraftText, base: number, drops?: number): Draft {
  const isDropped = stored.other !== null && stored.other.editedAt.getTime() === drops;
  const other = isDropped ? null : stored.other;
  if (incoming.code === stored.code) return isDropped ? { ...stored, other } : stored;
  const version = stored.version + 1;
  if (base === stored.version) return { ...incoming, version, other };
  const current = { code: stored.code, editedAt: stored.editedAt };
  if (incoming.editedAt >= stored.editedAt) return { ...incoming, version, other: current };
  return { ...current, version, other: incoming };
}
