import { ChevronDown, Download, Lightbulb } from "lucide-react";
import { InlineCode } from "@/components/catalog/inline-code";
import { Markdown } from "@/components/catalog/markdown";
import { Prose } from "@/components/ui/prose";
import type { LessonTask } from "@/lib/learning/queries";
import type { TaskExample } from "@/lib/learning/task-examples";

/** The exercises of a lesson as tasks for an editor of one's own. */
export function LessonTasks({ tasks }: { readonly tasks: readonly LessonTask[] }) {
  return tasks.map((task, index) => (
    <section key={task.slug} aria-labelledby={`task-${task.slug}`} className="mt-12 border-t border-ink pt-8">
      <p className="text-xs font-medium text-ink-muted">
        {tasks.length === 1 ? "Exercise" : `Exercise ${index + 1} of ${tasks.length}`}
      </p>
      <h2 id={`task-${task.slug}`} className="mt-1 mb-3">
        <InlineCode>{task.title}</InlineCode>
      </h2>
      <Prose>
        <Markdown source={task.prompt} idPrefix={`${task.slug}-`} />
        <Markdown source={starterBlock(task)} idPrefix={`${task.slug}-starter-`} />
      </Prose>
      <div className="mt-5 max-w-prose">
        {task.language === "sql" ? <AnswerShape task={task} /> : <Examples examples={task.examples} />}
        <HowToWork task={task} />
        {task.hints.map((hint, number) => (
          <Hint key={hint} hint={hint} number={number + 1} of={task.hints.length} />
        ))}
      </div>
    </section>
  ));
}

/** As a fenced block, so that it is highlighted like the lesson's own code. The fence is longer than any inside. */
function starterBlock({ language, title, starter }: LessonTask): string {
  const longest = Math.max(2, ...(starter.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const name = title.replace(/["`]/g, "").slice(0, 60);
  return `${fence}${language} title="Starter: ${name}"\n${starter.trimEnd()}\n${fence}`;
}

function Examples({ examples }: { readonly examples: readonly TaskExample[] }) {
  if (examples.length === 0) return null;
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

function AnswerShape({ task: { columns, orderedBy } }: { readonly task: LessonTask }) {
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

function HowToWork({ task: { language, dataset } }: { readonly task: LessonTask }) {
  return (
    <p className="mt-4 text-sm text-ink-muted print:hidden">
      For now exercises are done in an editor of your own.{" "}
      {language === "sql" && dataset ? (
        <>
          Read the data into SQLite with{" "}
          <code>
            sqlite3 {dataset}.db &lt; {dataset}.sql
          </code>
          :{" "}
          <a href={`/learn/datasets/${dataset}`} download={`${dataset}.sql`} className="whitespace-nowrap">
            <Download className="mr-1 inline size-4!" />
            {dataset}.sql
          </a>
        </>
      ) : (
        "Put the starter into a file and run it with Python 3.11 or newer."
      )}
    </p>
  );
}

function Hint({ hint, number, of }: { readonly hint: string; readonly number: number; readonly of: number }) {
  return (
    <details className="group/hint mt-2 border-t border-hairline text-sm">
      <summary className="flex min-h-target items-center gap-2 font-medium text-accent hover:underline">
        <Lightbulb className="size-4!" />
        Show a hint
        <span className="ml-auto text-xs font-normal text-ink-muted">
          {number} of {of}
        </span>
        <ChevronDown className="size-4! transition-transform duration-base group-open/hint:rotate-180" />
      </summary>
      <p className="pb-3 text-ink-soft">
        <InlineCode>{hint}</InlineCode>
      </p>
    </details>
  );
}
