/** Adapter: fonts for the scripts that the shop's own font does not have. One is read once a text needs it. */
import "server-only";
import { Font } from "@react-pdf/renderer";
import { PRINTED_SCRIPTS, type PrintedScript } from "@/lib/printed-scripts";
import { fontFile, loadLetters } from "./fonts";

type Weight = "regular" | "semibold";

/**
 * Where the signs of a script are: the package, and the names of its files. The layout library drops the end of a line in
 * which a font makes two signs of a letter, as Noto does with Arabic and Thai; these do not.
 */
const FONTS: Readonly<Record<PrintedScript, readonly [folder: string, file: string, semibold?: string]>> = {
  han: ["noto-sans-sc", "NotoSansSC"],
  hangul: ["nanum-gothic", "NanumGothic", "700Bold"],
  arabic: ["vazirmatn", "Vazirmatn"],
  hebrew: ["noto-sans-hebrew", "NotoSansHebrew"],
  devanagari: ["noto-sans-devanagari", "NotoSansDevanagari"],
  thai: ["sarabun", "Sarabun"],
};

type Loaded = { readonly family: string; readonly signs: ReadonlySet<number> };
const loading = new Map<string, Promise<Loaded>>();

function loadFont(script: PrintedScript, weight: Weight): Promise<Loaded> {
  const family = `${script} ${weight}`;
  const known = loading.get(family);
  if (known) return known;
  const [folder, file, semibold = "600SemiBold"] = FONTS[script];
  const src = fontFile(folder, file, weight === "regular" ? "400Regular" : semibold);
  Font.register({ family, fonts: [{ src }] });
  const loaded = loadLetters({ fontFamily: family, fontWeight: 400 }).then((signs) => ({ family, signs }));
  loading.set(family, loaded);
  return loaded;
}

export type ScriptFonts = {
  /** To stand behind the shop's own font; none for most texts. */
  readonly families: readonly string[];
  /** Marks above marks are put in their place by a feature that the shop's own font goes without. */
  readonly stacksMarks: boolean;
  readonly isCovered: (letter: string) => boolean;
};

/** The fonts that `text` needs beyond the one that has a sign for what `isCovered` says. Some 150 ms for the first Chinese name. */
export async function loadScriptFonts(
  text: string,
  weight: Weight,
  isCovered: (letter: string) => boolean,
): Promise<ScriptFonts> {
  const missing = [...new Set(text.normalize("NFC"))].filter((sign) => !isCovered(sign));
  const scripts = (Object.keys(PRINTED_SCRIPTS) as PrintedScript[]).filter((script) =>
    missing.some((sign) => PRINTED_SCRIPTS[script].test(sign)),
  );
  const fonts = await Promise.all(scripts.map((script) => loadFont(script, weight)));
  return {
    families: fonts.map(({ family }) => family),
    stacksMarks: scripts.includes("thai"),
    isCovered: (letter) =>
      isCovered(letter) || fonts.some(({ signs }) => signs.has(letter.codePointAt(0) ?? 0)),
  };
}

/** The one Thai vowel that every font makes two signs of, taken apart beforehand. Source: Unicode, 16.2, Sara Am. */
export function splitVowels(text: string): string {
  return text.replace(/([\u0e48-\u0e4b]?)\u0e33/g, "\u0e4d$1\u0e32");
}
