/** Adapter: the fonts that documents carry inside them. Inter covers Latin, Greek and Cyrillic; nothing is fetched. */
import "server-only";
import { join } from "node:path";
import { Font } from "@react-pdf/renderer";

export const DOCUMENT_FONT = "Inter";

export const fontFile = (folder: string, file: string, weight: string) =>
  join(process.cwd(), "node_modules", "@expo-google-fonts", folder, weight, `${file}_${weight}.ttf`);

/** Longer runs without a space may break anywhere, so that they stay inside their column. */
const LONGEST_WORD = 22;

let loading: Promise<void> | undefined;
/** The code points that the font has a sign for. */
let covered: ReadonlySet<number> = new Set();

/** Registers and reads the fonts, once per process. */
export function loadFonts(): Promise<void> {
  loading ??= load();
  return loading;
}

async function load(): Promise<void> {
  Font.register({
    family: DOCUMENT_FONT,
    fonts: [
      { src: fontFile("inter", "Inter", "400Regular"), fontWeight: 400 },
      { src: fontFile("inter", "Inter", "600SemiBold"), fontWeight: 600 },
    ],
  });
  Font.registerHyphenationCallback(breakWord);
  const [regular] = await Promise.all(
    [400, 600].map((fontWeight) => loadLetters({ fontFamily: DOCUMENT_FONT, fontWeight })),
  );
  if (regular) covered = regular;
}

/**
 * Reads a registered font and answers the code points that it has a sign for. Draws nothing, but looks up each letter
 * once: the font library remembers a letter as it first met it, and meets A as a part of Å without knowing that it is
 * one. From then on no A could be found, copied or read aloud in any file of this process.
 */
export async function loadLetters(face: {
  fontFamily: string;
  fontWeight: number;
}): Promise<ReadonlySet<number>> {
  await Font.load(face);
  const font = Font.getFont(face).data;
  const signs: readonly number[] = font?.characterSet ?? [];
  // Letters alone: a hyphen between capitals is drawn as one of its rarer kin, and must still be read as a hyphen.
  for (const sign of signs) if (/\p{L}/u.test(String.fromCodePoint(sign))) font?.glyphForCodePoint(sign);
  return new Set(signs);
}

/** Written without spaces between words. */
const UNSPACED = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{sc=Thai}]/u;
const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The renderer sets a hyphen where it breaks between two parts, and none beside an empty one: names stay as they are. */
export function breakWord(word: string): string[] {
  const letters = UNSPACED.test(word)
    ? Array.from(segmenter.segment(word), ({ segment }) => segment)
    : [...word];
  const longest = UNSPACED.test(word) ? 1 : LONGEST_WORD;
  return letters.length <= longest ? [word] : letters.flatMap((letter) => [letter, ""]);
}

/** Whether the font has a sign for every part of a letter; call `loadFonts` first. */
export function isCovered(letter: string): boolean {
  return [...letter].every((part) => covered.has(part.codePointAt(0) ?? 0));
}
