/** Adapter: @react-pdf/renderer puts issued documents on paper. */
import "server-only";
import { renderToBuffer } from "@react-pdf/renderer";
import type { JSX } from "react";
import { isCovered, loadFonts } from "./fonts";
import { PaperV1 } from "./paper-v1";
import { plainTexts } from "./plain-text";
import type { IssuedDocument } from "./schema";

type Paper = (props: { readonly document: IssuedDocument }) => JSX.Element;

/** One for every version that a document was ever issued with. */
const papers: Readonly<Record<number, Paper>> = { 1: PaperV1 };

/** The PDF of an issued document: the same bytes every time, from its snapshot alone. */
export async function renderDocument(document: IssuedDocument): Promise<Buffer> {
  const Paper = papers[document.templateVersion];
  if (!Paper) throw new Error(`no paper of version ${document.templateVersion} for ${document.number}`);
  await loadFonts();
  const plain = { ...document, data: plainTexts(document.data, isCovered) } as IssuedDocument;
  return renderToBuffer(<Paper document={plain} />);
}
