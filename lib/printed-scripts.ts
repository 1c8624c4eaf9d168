/**
 * The scripts that documents and certificates are printed in beside the Latin, Greek and Cyrillic of the shop's own font,
 * each with all that is written with it. Source: Unicode, Script_Extensions; halfwidth and fullwidth forms belong to none.
 */
export const PRINTED_SCRIPTS = {
  han: /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\uff00-\uffef]/u,
  hangul: /\p{scx=Hang}/u,
  arabic: /\p{scx=Arab}/u,
  hebrew: /\p{scx=Hebr}/u,
  devanagari: /\p{scx=Deva}/u,
  thai: /\p{scx=Thai}/u,
} as const;

export type PrintedScript = keyof typeof PRINTED_SCRIPTS;

const OWN = /[\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}\p{sc=Zyyy}\p{sc=Zinh}]/u;
const LETTER = /[\p{L}\p{M}\p{N}]/u;
/** Rare letters, most of them Chinese, that even large fonts leave out. */
const isRare = (sign: string) => (sign.codePointAt(0) ?? 0) > 0xffff;

/** The letters of a text that no document can print, each once, in their order. */
export function unprintedLetters(text: string): string[] {
  const scripts = [OWN, ...Object.values(PRINTED_SCRIPTS)];
  const isUnprinted = (sign: string) =>
    LETTER.test(sign) && (isRare(sign) || !scripts.some((script) => script.test(sign)));
  return [...new Set(text.normalize("NFC"))].filter(isUnprinted);
}
