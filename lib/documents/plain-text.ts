/** What stands for a letter that the font does not have. */
const MISSING = "□";

/** Marks that turn the direction of what follows, and others that are not seen. Source: Unicode, general category Cf. */
const INVISIBLE = /\p{Cf}/gu;
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/**
 * Words as a document prints them: one line, composed letters, nothing invisible. Whatever somebody typed as their name
 * is only ever letters on the paper; those without a sign in the font become a box, so that they are seen to be missing.
 */
export function plainText(text: string, isCovered: (letter: string) => boolean): string {
  const visible = text.normalize("NFC").replace(CONTROL, " ").replace(INVISIBLE, "").trim();
  return Array.from(visible, (letter) => (isCovered(letter) ? letter : MISSING)).join("");
}

/** Every string inside `value` as `print` makes it. */
export function plainTexts<T>(value: T, print: (text: string) => string): T {
  const walk = (part: unknown): unknown => {
    if (typeof part === "string") return print(part);
    if (Array.isArray(part)) return part.map(walk);
    if (part === null || typeof part !== "object") return part;
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, walk(inner)]));
  };
  return walk(value) as T;
}
