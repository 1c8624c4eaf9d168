/** The beginning of an order number, or of a buyer's address. */
export type OrderSearch = { readonly by: "number" | "email"; readonly begins: string };

/**
 * Reads a search field: `ORD-2026…` and `20260131…` are numbers, all else is an e-mail address. Null for nothing
 * typed.
 */
export function readOrderSearch(typed: string): OrderSearch | null {
  const text = typed.trim().slice(0, 200);
  if (text === "") return null;
  if (/^(ord-|\d{8})/i.test(text)) {
    const number = text.toUpperCase();
    return { by: "number", begins: number.startsWith("ORD-") ? number : `ORD-${number}` };
  }
  return { by: "email", begins: text.normalize("NFKC").toLowerCase() };
}
