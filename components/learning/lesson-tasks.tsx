import { InlineCode } from "@/components/catalog/inline-code";
import { Markdown } from "@/components/catalog/markdown";
import { Exercise } from "@/components/exercises/exercise";
import type { LessonTask } from "@/lib/learning/queries";
import type { TaskExample } from "@/lib/learning/task-examples";

type LessonTasksProps = {
  readonly course: string;
  readonly lesson: string;
  readonly tasks: readonly LessonTask[];
};

/** The exercises of a lesson, each with an editor; on paper and without scripts a task to read. */
export function LessonTasks({ course, lesson, tasks }: LessonTasksProps) {
  return tasks.map((task, index) => (
    <section
      key={task.slug}
      id={`exercise-${task.slug}`}
      aria-labelledby={`task-${task.slug}`}
      className="mt-12 border-t border-ink pt-8"
    >
      <p className="text-xs font-medium text-ink-muted">
        {tasks.length === 1 ? "Exercise" : `Exercise ${index + 1} of ${tasks.length}`}
      </p>
      <h2 id={`task-${task.slug}`} className="mt-1 mb-3">
        <InlineCode>{task.title}</InlineCode>
      </h2>
      <Markdown source={task.prompt} idPrefix={`${task.slug}-`} />
      <Exercise
        course={course}
        lesson={lesson}
        slug={task.slug}
        starter={task.starter}
        hints={task.hints}
        printed={<Printed task={task} />}
      >
        {task.language === "sql" ? <AnswerShape task={task} /> : <Examples examples={task.examples} />}
      </Exercise>
    </section>
  ));
}

/** The task without its editor: on paper, without scripts, and until the editor is there. */
function Printed({ task }: { readonly task: LessonTask }) {
  return (
    <>
      <Markdown source={starterBlock(task)} idPrefix={`${task.slug}-starter-`} />
      <div className="mt-5 max-w-prose">
        {task.language === "sql" ? <AnswerShape task={task} /> : <Examples examples={task.examples} />}
        <noscript>
          <p className="mt-4 text-sm text-ink-muted">
            The editor needs JavaScript: it runs your program here, in this browser.
            {task.dataset ? (
              <>
                {" "}
                The data as a file for SQLite:{" "}
                <a href={`/learn/datasets/${task.dataset}`} download={`${task.dataset}.sql`}>
                  {task.dataset}.sql
                </a>
              </>
            ) : null}
          </p>
        </noscript>
      </div>
    </>
  );
}

/** As a fenced block, so that it is highlighted like the lesson's own code. The fence is longer than any inside. */
function starterBlock({ language, title, starter }: LessonTask): string {
  const longest = Math.max(2, ...(starter.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const name = title.replace(/["`]/g, "").slice(0, 60);
  return `${fence}${language} title="Starter: ${name}"\n${starter.trimEnd()}\n${fence}`;
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
