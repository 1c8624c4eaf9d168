import { InlineCode } from "@/components/catalog/inline-code";
import type { TaskExample } from "@/lib/learning/task-examples";

type SqlExpected = {
  /** The data set that it asks about. */
  readonly dataset: string | null;
  readonly columns: readonly string[];
  readonly orderedBy: string | null;
};

export type ExpectedProps = SqlExpected | { readonly examples: readonly TaskExample[] };

/** What an answer must come to: how a query's rows must look, or examples of what a program gives. */
export function Expected(expected: ExpectedProps) {
  return "examples" in expected ? <Examples examples={expected.examples} /> : <AnswerShape {...expected} />;
}

/** Instead of the editor, for a browser without scripts. */
export function WithoutEditor({ dataset }: { readonly dataset: string | null }) {
  return (
    <noscript>
      <p className="mt-4 text-sm text-ink-muted">
        The editor needs JavaScript: it runs your program here, in this browser.
        {dataset ? (
          <>
            {" "}
            The data as a file for SQLite:{" "}
            <a href={`/learn/datasets/${dataset}`} download={`${dataset}.sql`}>
              {dataset}.sql
            </a>
          </>
        ) : null}
      </p>
    </noscript>
  );
}

function Examples({ examples }: { readonly examples: readonly TaskExample[] }) {
  if (examples.length === 0) {
    return (
      <p className="text-sm text-ink-soft">
        Write tests that pass on the right version and fail on every broken one.
      </p>
    );
  }
  return (
    <>
      <p className="text-sm font-medium">It is right when, for example,</p>
      <ul className="mt-1 grid gap-2 text-sm text-ink-soft [&_code]:wrap-anywhere [&_code]:whitespace-pre-wrap">
        {examples.map(({ setup, expression, outcome }) => (
          <li key={`${setup}${expression}`}>
            {setup ? (
              <>
                with <code>{setup.trim()}</code>{" "}
              </>
            ) : null}
            <code>{expression}</code> {outcome.kind === "value" ? "gives" : "raises"}{" "}
            <code>{outcome.source}</code>
          </li>
        ))}
      </ul>
    </>
  );
}

type AnswerShapeProps = Pick<SqlExpected, "columns" | "orderedBy">;

function AnswerShape({ columns, orderedBy }: AnswerShapeProps) {
  if (columns.length === 0) return null;
  return (
    <p className="text-sm text-ink-soft">
      The answer has the columns{" "}
      {columns.map((column, index) => (
        <span key={column}>
          {index > 0 ? ", " : ""}
          <code>{column}</code>
        </span>
      ))}
      {orderedBy ? (
        <>
          , ordered by <InlineCode>{orderedBy}</InlineCode>
        </>
      ) : null}
      .
    </p>
  );
}
