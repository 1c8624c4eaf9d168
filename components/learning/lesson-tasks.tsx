import { InlineCode } from "@/components/catalog/inline-code";
import { Markdown } from "@/components/catalog/markdown";
import { Exercise } from "@/components/exercises/exercise";
import type { ExpectedProps } from "@/components/exercises/expected";
import type { LessonTask } from "@/lib/learning/lesson";

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
        printed={<Markdown source={starterBlock(task)} idPrefix={`${task.slug}-starter-`} />}
        expected={expectedOf(task)}
      />
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

function expectedOf({ language, examples, dataset, columns, orderedBy }: LessonTask): ExpectedProps {
  return language === "sql" ? { dataset, columns, orderedBy } : { examples };
}
