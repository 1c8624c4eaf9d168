/** A text in three parts; `changed` is where it differs from the other one. */
export type Marked = { readonly before: string; readonly changed: string; readonly after: string };

/** Where two texts begin and end to differ, on the borders of words. */
export function markDifference(a: string, b: string): readonly [Marked, Marked] {
  const [one, two] = [words(a), words(b)];
  const least = Math.min(one.length, two.length);
  let start = 0;
  while (start < least && one[start] === two[start]) start += 1;
  let end = 0;
  while (end < least - start && one.at(-1 - end) === two.at(-1 - end)) end += 1;
  const cut = (parts: readonly string[]): Marked => ({
    before: parts.slice(0, start).join(""),
    changed: parts.slice(start, parts.length - end).join(""),
    after: parts.slice(parts.length - end).join(""),
  });
  return [cut(one), cut(two)];
}

function words(text: string): string[] {
  return text.match(/[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu) ?? [];
}
