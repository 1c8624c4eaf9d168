import { extractText, getDocumentProxy, getMeta } from "unpdf";

/** What a reader's program finds in a PDF: the text of each page, title and language. */
export async function readPdf(bytes: Uint8Array) {
  const document = await getDocumentProxy(new Uint8Array(bytes));
  const [{ text: pages }, { info }] = await Promise.all([
    extractText(document, { mergePages: false }),
    getMeta(document),
  ]);
  return { pages, text: pages.join("\n"), info: info as Readonly<Record<string, unknown>> };
}

/** A piece of text where it stands, in points from the page's lower left corner. */
export type Placed = {
  readonly page: number;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
};

/** Every piece of text of a PDF with its place, and the size of each page. */
export async function readLayout(bytes: Uint8Array) {
  const document = await getDocumentProxy(new Uint8Array(bytes));
  const placed: Placed[] = [];
  const sizes: { readonly width: number; readonly height: number }[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const [, , width = 0, height = 0] = page.view;
    sizes.push({ width, height });
    const { items } = await page.getTextContent();
    for (const item of items) {
      if (!("str" in item) || item.str.trim() === "") continue;
      const [size = 0, , , , x = 0, y = 0] = item.transform as number[];
      placed.push({ page: number, text: item.str, x, y, width: item.width, size });
    }
  }
  return { placed, sizes };
}
