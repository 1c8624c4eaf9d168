import { expect, it } from "vitest";
import { isCovered, loadFonts } from "@/lib/documents/fonts";
import { billingDetailsInput } from "@/lib/documents/schema";
import { loadScriptFonts } from "@/lib/documents/script-fonts";
import { unprintedLetters } from "@/lib/printed-scripts";

const details = { name: "Mira Vale", line1: "1 Bridge Road", city: "Köln", country: "DE" };

it("takes billing details in every script that an invoice is printed in", () => {
  for (const name of [
    "Łucja Çelik",
    "Жуков",
    "Αθηνά",
    "李小龍",
    "株式会社テスト（東京）",
    "김철수",
    "فاطمة",
    "שרה",
    "श्रीमती",
    "น้ำผึ้ง",
  ])
    expect(
      billingDetailsInput.safeParse({ ...details, name, company: `${name} & Co. 🌟` }).success,
      name,
    ).toBe(true);
});

it("refuses billing details that an invoice cannot print, and names the letters", () => {
  const refused = billingDetailsInput.safeParse({ ...details, company: "ანა GmbH", city: "𠮷野" });
  expect(refused.error?.issues.map(({ path, message }) => [path[0], message])).toEqual([
    ["company", "Invoices cannot print ა ნ. Write it in Latin letters, as on your official papers."],
    ["city", "Invoices cannot print 𠮷. Write it in Latin letters, as on your official papers."],
  ]);
});

it("has a sign for what names are written with in each script that it takes", async () => {
  await loadFonts();
  // The letters of daily use: what Unicode calls these blocks, less what is not assigned.
  const blocks: readonly (readonly [name: string, from: number, to: number])[] = [
    ["Latin, first part", 0xc0, 0x148],
    ["Latin, second part", 0x14a, 0x17f],
    ["Vietnamese", 0x1ea0, 0x1ef9],
    ["Greek", 0x386, 0x3ce],
    ["Cyrillic", 0x400, 0x45f],
    ["Hebrew", 0x5d0, 0x5ea],
    ["Arabic, first half", 0x621, 0x63a],
    ["Arabic, second half", 0x641, 0x64a],
    ["Devanagari", 0x904, 0x939],
    ["Thai", 0xe01, 0xe30],
    ["Hiragana", 0x3041, 0x3096],
    ["Katakana", 0x30a1, 0x30fa],
    ["Han", 0x4e00, 0x9fa5],
    ["Hangul", 0xac00, 0xd7a3],
  ];
  for (const [name, from, to] of blocks) {
    const letters = Array.from({ length: to - from + 1 }, (_, at) => String.fromCodePoint(from + at)).filter(
      (sign) => /\p{L}/u.test(sign),
    );
    const fonts = await loadScriptFonts(letters.join(""), "regular", isCovered);
    const missing = letters.filter((letter) => !fonts.isCovered(letter));
    expect(missing, name).toEqual([]);
    expect(unprintedLetters(letters.join("")), name).toEqual([]);
  }
  const persian = await loadScriptFonts("پ", "regular", isCovered);
  expect([..."پچژگکیےٹڈڑںہھۀ"].filter((letter) => !persian.isCovered(letter))).toEqual([]);
});
