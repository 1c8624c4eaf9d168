/**
 * `python zer` → `python:* & zer:*`, so that a search finds something while the last word is still being typed.
 * Null when the text uses a search engine's signs ("…", -word, or), which mean what they say.
 */
export function toPrefixQuery(text: string): string | null {
  const words = text.split(/\s+/).filter(Boolean);
  const plain = words.every((word) => /^[\p{L}\p{N}]+$/u.test(word) && word.toLowerCase() !== "or");
  return plain && words.length > 0 ? words.map((word) => `${word}:*`).join(" & ") : null;
}
