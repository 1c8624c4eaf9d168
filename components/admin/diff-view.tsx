import { clsx } from "clsx";
import { scrollable } from "@/components/ui/scrollable";
import { diffLines, foldDiff } from "@/lib/authoring/diff-lines";

const signs = { same: " ", gone: "−", new: "+" } as const;
const words = { same: "", gone: "Gone: ", new: "New: " } as const;

type Props = { readonly label: string; readonly before: string; readonly after: string };

/** What differs between two texts, line by line; what is the same is left out but for two lines around. */
export function DiffView({ label, before, after }: Props) {
  const lines = foldDiff(diffLines(before, after));
  return (
    <div
      {...scrollable(label)}
      className="max-h-96 overflow-auto rounded-md border border-hairline bg-surface font-mono text-xs leading-relaxed"
    >
      <div className="w-max min-w-full py-2">
        {lines.map((line, index) => {
          // Lines have no name but their place.
          const key = `${index} ${line?.text ?? ""}`;
          if (line === null)
            return (
              <p key={key} className="px-3 text-ink-muted">
                …
              </p>
            );
          return (
            <p
              key={key}
              className={clsx(
                "px-3 whitespace-pre",
                line.kind === "new" && "bg-success-tint",
                line.kind === "gone" && "bg-danger-tint",
              )}
            >
              <span aria-hidden="true" className="mr-2 text-ink-muted select-none">
                {signs[line.kind]}
              </span>
              {words[line.kind] ? <span className="sr-only">{words[line.kind]}</span> : null}
              {line.text}
            </p>
          );
        })}
      </div>
    </div>
  );
}
