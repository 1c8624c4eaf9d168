/**
 * Two people's edits of one text, or one person's in two tabs: what both changed since `base`, with nothing of either
 * lost. Line by line; where both changed the same lines, theirs stands before mine.
 */
export function mergeNotes(base: string, mine: string, theirs: string): string {
  if (mine === theirs || theirs === base) return mine;
  if (mine === base) return theirs;
  const lines = base.split("\n");
  const [a, b] = [findChange(lines, mine.split("\n")), findChange(lines, theirs.split("\n"))];
  if (a.end <= b.start && a.start < b.start) return [...apply(lines, [a, b])].join("\n");
  if (b.end <= a.start && b.start < a.start) return [...apply(lines, [b, a])].join("\n");
  const start = Math.min(a.start, b.start);
  const end = Math.max(a.end, b.end);
  const region = (change: Change) => [
    ...lines.slice(start, change.start),
    ...change.lines,
    ...lines.slice(change.end, end),
  ];
  const [theirRegion, myRegion] = [region(b), region(a)];
  return [...lines.slice(0, start), ...theirRegion, ...myRegion, ...lines.slice(end)].join("\n");
}

/** The lines from `start` up to `end` of the base became `lines`. */
type Change = { readonly start: number; readonly end: number; readonly lines: readonly string[] };

function findChange(base: readonly string[], edited: readonly string[]): Change {
  const shortest = Math.min(base.length, edited.length);
  let start = 0;
  while (start < shortest && base[start] === edited[start]) start += 1;
  let same = 0;
  while (same < shortest - start && base.at(-1 - same) === edited.at(-1 - same)) same += 1;
  return { start, end: base.length - same, lines: edited.slice(start, edited.length - same) };
}

function* apply(base: readonly string[], changes: readonly Change[]): Iterable<string> {
  let at = 0;
  for (const { start, end, lines } of changes) {
    yield* base.slice(at, start);
    yield* lines;
    at = end;
  }
  yield* base.slice(at);
}
