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
 */
export function mergeDraft(stored: Draft, incoming: DraftText, base: number): Draft {
  if (incoming.code === stored.code) return stored;
  const version = stored.version + 1;
  if (base === stored.version) return { ...incoming, version, other: stored.other };
  const current = { code: stored.code, editedAt: stored.editedAt };
  if (incoming.editedAt >= stored.editedAt) return { ...incoming, version, other: current };
  return { ...current, version, other: incoming };
}
