/** What Stripe makes beside a payment and the shop keeps nothing of. */
export type UnkeptObject = "charge" | "invoice";

/** What somebody types into the search of the orders: one of these, by its looks. */
export type SaleSearch =
  | { readonly by: "number"; readonly begins: string }
  | { readonly by: "document"; readonly number: string }
  | { readonly by: "stripe"; readonly id: string }
  | { readonly by: "unkept"; readonly object: UnkeptObject }
  | { readonly by: "words"; readonly text: string };

/**
 * `ORD-2026…` and `20260131…` begin an order's number; `INV-…` and `CN-…` are the whole number of a document; `pi_…`, `cs_…`, `cus_…`, `re_…`, `du_…` or `dp_…` (a dispute) and `evt_…`
 * are whole ids of Stripe, `ch_…`, `py_…` and `in_…` whole ids that no order is kept under; all else, and whatever has an
 * `@`, is looked up in all that orders are known by (`wordsCondition`). Null for nothing typed.
 */
export function readSaleSearch(typed: string): SaleSearch | null {
  const text = typed.trim().slice(0, 200);
  if (text === "") return null;
  const words = { by: "words", text: text.normalize("NFKC").toLowerCase() } as const;
  if (words.text.includes("@")) return words;
  if (/^(ord-|\d{8})/i.test(text)) {
    const number = text.toUpperCase();
    return { by: "number", begins: number.startsWith("ORD-") ? number : `ORD-${number}` };
  }
  if (/^(test-)?(inv|cn)-\d/i.test(text)) return { by: "document", number: text.toUpperCase() };
  if (/^(pi|cs|cus|re|du|dp|evt)_\w+$/.test(text)) return { by: "stripe", id: text };
  // As long as Stripe makes them: `in_love` may be the beginning of an address.
  const unkept = /^(ch|py|in)_[a-zA-Z0-9]{14,}$/.exec(text);
  if (unkept) return { by: "unkept", object: unkept[1] === "in" ? "invoice" : "charge" };
  return words;
}

/**
 * The last six signs of an order's number, as people copy them into a mail (`Q966ZX`, `-q966zx`); null for what cannot be any. O, I and L
 * are read as the digits that they are mistaken for, since no number has them. Source: Crockford's base32.
 */
export function readNumberEnding(typed: string): string | null {
  const signs = typed.toUpperCase().replace(/^[#-]/, "").replace(/O/g, "0").replace(/[IL]/g, "1");
  return /^[0-9A-HJKMNP-TV-Z]{6}$/.test(signs) ? signs : null;
}
