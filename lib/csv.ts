import type { Options } from "csv-stringify/sync";

/**
 * Lines of CSV with CRLF. What a spreadsheet would take for a formula is made text by an apostrophe before it; a negative
 * amount is none, and stays a number.
 */
export const CSV_OPTIONS = {
  escape_formulas: true,
  record_delimiter: "windows",
  cast: {
    string: (text: string) => (/^-\d+(\.\d+)?$/.test(text) ? { value: text, escape_formulas: false } : text),
  },
} as const satisfies Options;

/** A file of CSV, sent while its rows are read. The mark at its start tells spreadsheets that it is UTF-8. */
export function csvResponse(name: string, head: string, batches: AsyncGenerator<string>): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(`\uFEFF${head}`)),
    async pull(controller) {
      const next = await batches.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    async cancel() {
      await batches.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="${name}"`,
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
}

/** `orders-2026-11-01-to-2026-11-30.csv`: a file says by its name which days it holds; without days it holds all. */
export function csvName(
  of: string,
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
) {
  const days = from && to ? [from, "to", to] : from ? ["from", from] : to ? ["to", to] : [];
  return `${[of, ...days].join("-")}.csv`;
}

/** Batches of rows as text. */
export async function* csvLines<Row>(
  batches: AsyncGenerator<readonly Row[]>,
  write: (rows: readonly Row[]) => string,
): AsyncGenerator<string> {
  for await (const rows of batches) yield write(rows);
}

/** A file that is made at once. */
export async function* once(text: string): AsyncGenerator<string> {
  yield text;
}
