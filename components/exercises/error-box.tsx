import { scrollable } from "@/components/ui/scrollable";
import type { CodeError } from "@/lib/exercises/reports";

/** What went wrong, and where; the lines that led there are one press away. */
export function ErrorBox({ error }: { readonly error: CodeError }) {
  const { message, trace, line, column } = error;
  return (
    <div className="rounded-sm bg-danger-tint p-3 text-xs">
      <p className="font-mono leading-relaxed wrap-anywhere whitespace-pre-wrap">{message}</p>
      {line === null ? null : (
        <p className="mt-1 text-ink-soft">
          Line {line}
          {column === null ? "" : `, character ${column}`}
        </p>
      )}
      {trace.includes("\n") ? (
        <details>
          <summary className="flex min-h-target items-center text-ink-soft hover:text-ink lg:min-h-8">
            The whole traceback
          </summary>
          <pre {...scrollable("The whole message")} className="overflow-x-auto leading-relaxed">
            {trace}
          </pre>
        </details>
      ) : null}
    </div>
  );
}
