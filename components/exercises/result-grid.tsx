import { clsx } from "clsx";
import { scrollable } from "@/components/ui/scrollable";
import type { ResultTable, SqlValue } from "@/lib/exercises/reports";

/** More rows than this are counted, not shown. */
const MOST_SHOWN = 100;

/** Rows as SQLite gave them; scrolls inside itself. */
export function ResultGrid({ table, label }: { readonly table: ResultTable; readonly label: string }) {
  const { columns, rows } = table;
  const shown = rows.slice(0, MOST_SHOWN).map((row, index) => ({ row, key: `${index}` }));
  const count = `${rows.length} ${rows.length === 1 ? "row" : "rows"}`;
  return (
    <figure>
      <figcaption className="flex justify-between gap-3 py-1 text-xs text-ink-muted">
        <span>{label}</span>
        <span className="tabular-nums">
          {rows.length > MOST_SHOWN ? `${count}, the first ${MOST_SHOWN} shown` : count}
        </span>
      </figcaption>
      <div
        {...scrollable(`${label}, ${count}`)}
        className="max-h-72 overflow-auto rounded-sm border border-hairline focus-visible:-outline-offset-2"
      >
        <table className="w-full border-collapse font-mono text-xs">
          <thead className="sticky top-0 bg-sunken">
            <tr>
              {columns.map((column, place) => (
                <th
                  key={`${place}-${column}`}
                  scope="col"
                  className="border-b border-hairline-strong px-3 py-1.5 text-left font-semibold whitespace-nowrap"
                >
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ row, key }) => (
              <tr key={key} className="border-b border-hairline last:border-0">
                {row.map((value, place) => (
                  <td
                    key={`${key}-${columns[place]}`}
                    className={clsx(
                      "px-3 py-1 align-top whitespace-nowrap",
                      typeof value === "number" && "text-right tabular-nums",
                      value === null && "text-ink-muted italic",
                    )}
                  >
                    {showValue(value)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}

function showValue(value: SqlValue): string {
  if (value === null) return "NULL";
  if (value instanceof Uint8Array) return `a blob of ${value.length} bytes`;
  return String(value);
}
