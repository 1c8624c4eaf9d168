import { describe, expect, it } from "vitest";
import { composeCreditNote } from "@/lib/documents/compose-credit-note";
import { renderDocument } from "@/lib/documents/render-document";
import { readPdf } from "../../support/read-pdf";
import { sampleInvoice } from "./sample-document";

const vat = { name: "VAT", percentage: "19", country: "DE", amount: 745 };
/** Asked so that a failure does not print the file. */
const has = (pdf: Buffer, mark: RegExp) => mark.test(pdf.toString("latin1"));
const squeeze = (text: string) => text.replace(/\s+/g, " ");

describe("an invoice on paper", () => {
  it("says who sold what to whom, when, for how much, and the tax of each rate", async () => {
    const reduced = { ...vat, percentage: "7", amount: 274 };
    const { text, pages, info } = await readPdf(
      await renderDocument(sampleInvoice({ taxes: [vat, reduced] })),
    );
    expect(pages).toHaveLength(1);
    for (const words of [
      "INV-2026-0148",
      "Lectern 12 Orchard Lane 10115 Berlin VAT ID DE123456789",
      "Mira Vale 1 Bridge Road 50667 Köln Germany mira@example.com",
      "Date of supply 23 November 2026",
      "ORD-20261123-7K2M9Q",
      "Course number 1 $49.00 −$9.80 $39.20 $10.19",
      "Subtotal $98.00",
      "Discount NOVEMBER20 −$19.60",
      "Total $98.78",
      "VAT 19% (Germany) $78.40 $14.90",
      "VAT 7% (Germany) $78.40 $5.48",
      "Paid in full on 23 November 2026.",
      "page 1 of 1",
    ])
      expect(squeeze(text)).toContain(words);
    expect(text).not.toContain("Test document");
    expect(info).toMatchObject({ Title: "Invoice INV-2026-0148", Author: "Lectern", Language: "en" });
  });

  it("is the same file whenever it is rendered", async () => {
    const one = await renderDocument(sampleInvoice());
    expect(one.equals(await renderDocument(sampleInvoice()))).toBe(true);
  });

  it("prints Latin, Greek and Cyrillic from fonts it carries, on A4 and Letter", async () => {
    const name = "Łukasz Žižka Αλέξανδρος Παπαδόπουλος Жуков Ёлка";
    const a4 = await renderDocument(sampleInvoice({ buyer: { name } }));
    expect(squeeze((await readPdf(a4)).text)).toContain(name);
    expect(has(a4, /\/MediaBox \[0 0 595\.28\d* 841\.89\d*\]/)).toBe(true);
    expect(has(a4, /\/FontFile2 /)).toBe(true);
    expect(has(a4, /\/BaseFont \/Helvetica/)).toBe(false);
    const letter = await renderDocument(
      sampleInvoice({
        buyer: { address: { city: "Portland", state: "OR", postalCode: "97205", country: "US" } },
      }),
    );
    expect(has(letter, /\/MediaBox \[0 0 612 792\]/)).toBe(true);
    expect(squeeze((await readPdf(letter)).text)).toContain("Portland, OR 97205 United States");
  });

  it("turns pages: forty items, a head on each, and nothing lost", async () => {
    const { pages, text } = await readPdf(await renderDocument(sampleInvoice({ items: 40, taxes: [vat] })));
    expect(pages.length).toBeGreaterThan(1);
    for (const [index, page] of pages.entries()) {
      expect(page).toContain(`page ${index + 1} of ${pages.length}`);
      if (page.includes("Course number")) expect(page).toContain("Course, one seat each");
    }
    for (let index = 1; index <= 40; index += 1) expect(text).toContain(`Course number ${index} `);
    expect(squeeze(text)).toContain("Total $1,866.00");
  });

  it("counts its pages also when few items need many lines", async () => {
    const title =
      "Windows, frames and ranking in SQL, for people who are in a hurry and want all of it ".repeat(2);
    const { pages } = await readPdf(await renderDocument(sampleInvoice({ items: 14, title, taxes: [vat] })));
    expect(pages.length).toBeGreaterThan(1);
    for (const [index, page] of pages.entries())
      expect(page).toContain(`page ${index + 1} of ${pages.length}`);
  });

  it("treats whatever somebody is called as letters", async () => {
    const name = "<iframe src=http://169.254.169.254></iframe> )(\\ /JS (app.alert(1)) %PDF";
    const company = `Evil\r\nBcc: all@example.com\u202E${"W".repeat(300)}`;
    const pdf = await renderDocument(sampleInvoice({ buyer: { name, company } }));
    const text = squeeze((await readPdf(pdf)).text);
    expect(text.replaceAll(" ", "")).toContain(name.replaceAll(" ", ""));
    expect(text.replaceAll(" ", "")).toContain(`EvilBcc:all@example.com${"W".repeat(300)}`);
    expect(has(pdf, /\/(JavaScript|JS|URI|Launch|EmbeddedFile|OpenAction)\b/)).toBe(false);
  });

  it("prints hostile words wherever they come from as words, each in its place", async () => {
    const hostile = (place: string) => `<b>${place}</b>\r\n\u202E%s ${place} /JS (1)`;
    const invoice = sampleInvoice({
      title: hostile("title"),
      buyer: {
        email: hostile("email"),
        vatId: hostile("vat"),
        address: { line1: hostile("line"), city: hostile("city"), postalCode: "1", country: "DE" },
      },
      taxNote: hostile("note"),
    });
    const seller = { name: hostile("seller"), address: [hostile("street")], vatId: null };
    const data = { ...invoice.data, seller, couponCode: hostile("coupon") };
    const pdf = await renderDocument({ ...invoice, data });
    const text = (await readPdf(pdf)).text.replace(/\s+/g, "");
    for (const place of ["title", "email", "vat", "line", "city", "note", "seller", "street", "coupon"])
      expect(text, place).toContain(`<b>${place}</b>%s${place}/JS(1)`);
    // The author stands in the file as a string: what is left without strings commands the reader.
    const commands = Buffer.from(pdf.toString("latin1").replace(/\((?:\\.|[^\\()])*\)/g, "()"), "latin1");
    expect(has(commands, /\/(JavaScript|JS|URI|Launch|EmbeddedFile|OpenAction)\b/)).toBe(false);
  });

  it.each([
    ["Chinese", "李小龍", ["李小龍"]],
    ["Japanese", "株式会社テスト GmbH", ["株式会社", "テスト", "GmbH"]],
    ["Korean", "김철수", ["김철수"]],
    ["Arabic", "فاطمة الزهراء", ["فاطمة", "الزهراء"]],
    ["Hebrew", "שרה כהן", ["שרה", "כהן"]],
    ["Devanagari", "प्रिया रमन", ["रमन"]],
    ["Thai", "สมชาย บ้านน้ำผึ้ง", ["สมชาย", "ง"]],
  ])("prints a name in %s whole", async (_script, name, words) => {
    const pdf = await renderDocument(sampleInvoice({ buyer: { name } }));
    const { pages } = await readPdf(pdf);
    const [, printed = ""] = /\nTo\n(.*)\n1 Bridge Road/s.exec((pages[0] ?? "").normalize("NFKC")) ?? [];
    for (const word of words) expect(printed).toContain(word);
    expect(printed).not.toContain("□");
    // The same bytes, whatever this process has drawn in the meantime.
    await renderDocument(sampleInvoice({ buyer: { name: `${name} علی श्रीमती กำลัง 龙` } }));
    expect(pdf.equals(await renderDocument(sampleInvoice({ buyer: { name } })))).toBe(true);
  });

  it("shows that a letter is missing instead of another one", async () => {
    for (const [name, printed, version] of [
      ["ანა Li", "□□□ Li", 2],
      ["中文 Li", "□□ Li", 1],
    ] as const) {
      const { text } = await readPdf(await renderDocument(sampleInvoice({ buyer: { name }, version })));
      expect(text).toContain(printed);
    }
  });
});

it("prints a credit note with minus amounts and the invoice that it amends", async () => {
  const invoice = sampleInvoice({ taxes: [vat] });
  const data = composeCreditNote(invoice, [], 4665, [{ orderItemId: "item-0", amount: 4665 }], "refund");
  if (!data) throw new Error("no credit note");
  const note = { ...invoice, kind: "credit_note", number: "CN-2026-0019", data } as const;
  const text = squeeze((await readPdf(await renderDocument(note))).text);
  for (const words of [
    "Credit note CN-2026-0019",
    "Amends invoice INV-2026-0148 of 23 November 2026",
    "Course number 1 −$39.20 −$7.45 −$46.65",
    "Total credited −$46.65",
    "VAT 19% (Germany) −$39.20 −$7.45",
  ])
    expect(text).toContain(words);
});
