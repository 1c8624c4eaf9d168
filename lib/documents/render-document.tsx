/** Adapter: @react-pdf/renderer puts issued documents on paper. */
import "server-only";
import { renderToBuffer } from "@react-pdf/renderer";
import type { JSX } from "react";
import { isCovered, loadFonts } from "./fonts";
import { type PaperProps, PaperV1 } from "./paper-v1";
import { plainTexts } from "./plain-text";
import type { IssuedDocument } from "./schema";

type Paper = (props: PaperProps) => JSX.Element;

/** More lines are not even tried on one page. */
const MOST_LINES_OF_A_PAGE = 16;

/** One for every version that a document was ever issued with. */
const papers: Readonly<Record<number, Paper>> = { 1: PaperV1 };

/** The PDF of an issued document: the same bytes every time, from its snapshot alone. */
export async function renderDocument(document: IssuedDocument): Promise<Buffer> {
  const Paper = papers[document.templateVersion];
  if (!Paper) throw new Error(`no paper of version ${document.templateVersion} for ${document.number}`);
  await loadFonts();
  const plain = { ...document, data: plainTexts(document.data, isCovered) } as IssuedDocument;
  if (plain.data.lines.length <= MOST_LINES_OF_A_PAGE) {
    const pdf = await renderToBuffer(<Paper document={plain} onePage />);
    if (countPages(pdf) === 1) return pdf;
  }
  return renderToBuffer(<Paper document={plain} onePage={false} />);
}

/** As the root of the page tree says. Source: ISO 32000-1, 7.7.3.2; nothing else in our files has this entry. */
function countPages(pdf: Buffer): number | null {
  const count = /\/Type \/Pages\s*\/Count (\d+)/.exec(pdf.toString("latin1"))?.[1];
  return count === undefined ? null : Number(count);
}
