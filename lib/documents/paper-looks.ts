/** Adapter: @react-pdf/renderer. What sets the versions of the paper apart. */
import "server-only";
import type { StyleSheet } from "@react-pdf/renderer";
import { DOCUMENT_FONT, isCovered } from "./fonts";
import { FEATURES } from "./paper-styles";
import { plainText } from "./plain-text";
import type { IssuedDocument } from "./schema";
import { loadScriptFonts, splitVowels } from "./script-fonts";

type Style = ReturnType<typeof StyleSheet.create>[string];

export type PaperLook = {
  /** Over the page's own style. */
  readonly page: Style;
  /** What is taken back, as it is printed. */
  readonly minus: (amount: number) => number;
  /** Words as they stand on the paper. */
  readonly print: (text: string) => string;
};

/**
 * One for every version that a document was ever issued with; none is ever changed. Call `loadFonts` first.
 * 1. Prints a box for each letter outside Latin, Greek and Cyrillic, and a minus before a zero.
 * 2. Carries the fonts that its words need; zero has no sign.
 */
export const looks: Readonly<Record<number, (document: IssuedDocument) => PaperLook | Promise<PaperLook>>> = {
  1: () => ({ page: {}, minus: (amount) => -amount, print: (text) => plainText(text, isCovered) }),
  2: async ({ data }) => {
    const fonts = await loadScriptFonts(JSON.stringify(data), "regular", isCovered);
    return {
      page: {
        fontFamily: [DOCUMENT_FONT, ...fonts.families],
        fontFeatureSettings: fonts.stacksMarks ? { ...FEATURES, ccmp: 1 } : FEATURES,
      },
      minus: (amount) => (amount === 0 ? 0 : -amount),
      print: (text) => splitVowels(plainText(text, fonts.isCovered)),
    };
  },
};
