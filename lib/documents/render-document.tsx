/** Adapter: @react-pdf/renderer puts issued documents on paper. */
import "server-only";
import { renderToBuffer } from "@react-pdf/renderer";
import { loadFonts } from "./fonts";
import { Paper } from "./paper";
import { looks } from "./paper-looks";
import { plainTexts } from "./plain-text";
import type { IssuedDocument } from "./schema";

/** More lines are not even tried on one page. */
const MOST_LINES_OF_A_PAGE = 16;

/** The PDF of an issued document: the same bytes every time, from its snapshot alone. */
export async function renderDocument(document: IssuedDocument): Promise<Buffer> {
  const lookOf = looks[document.templateVersion];
  if (!lookOf) throw new Error(`no paper of version ${document.templateVersion} for ${document.number}`);
  await loadFonts();
  const look = await lookOf(document);
  const plain = { ...document, data: plainTexts(document.data, look.print) } as IssuedDocument;
  if (plain.data.lines.length <= MOST_LINES_OF_A_PAGE) {
    const pdf = await renderToBuffer(<Paper document={plain} look={look} onePage />);
    if (countPages(pdf) === 1) return pdf;
  }
  return renderToBuffer(<Paper document={plain} look={look} onePage={false} />);
}

/** As the root of the page tree says. Source: ISO 32000-1, 7.7.3.2; nothing else in our files has this entry. */
function countPages(pdf: Buffer): number | null {
  const count = /\/Type \/Pages\s*\/Count (\d+)/.exec(pdf.toString("latin1"))?.[1];
  return count === undefined ? null : Number(count);
}
