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
