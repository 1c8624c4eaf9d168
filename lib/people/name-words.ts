/** `mira o’br` → `mira:* & o:* & br:*`, for `to_tsquery`: words of a name by their beginnings, in any order. Empty without a word. */
export function nameWords(typed: string): string {
  return (typed.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => `${word}:*`).join(" & ");
}
