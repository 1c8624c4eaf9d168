import { clsx } from "clsx";
import { Check, ChevronDown, Circle, CircleDot, Lock } from "lucide-react";
import { Link } from "@/components/ui/link";
import { PROGRESS_RULE } from "@/lib/learning/course-progress";
import type { OutlineChapter, OutlineLesson } from "@/lib/learning/lesson";

export type OutlineProps = {
  readonly course: string;
  readonly lesson: string;
  readonly chapters: readonly OutlineChapter[];
  /** Whether the reader has a seat: then ticks are counted, else lessons. */
  readonly isEnrolled: boolean;
};

/** The course's chapters with the reader's ticks; the chapter of the current lesson is open. */
export function Outline({ chapters, ...where }: OutlineProps) {
  return (
    <nav aria-label="Outline" className="py-2 lg:py-4">
      <OutlineSigns />
      {chapters.map((chapter) => (
        <Chapter key={chapter.number} chapter={chapter} {...where} />
      ))}
      {where.isEnrolled ? (
        <details className="group/rule mt-3 px-5 text-xs text-ink-muted">
          <summary className="flex min-h-target items-center gap-1.5 hover:text-ink">
            How the percentage is counted
            <Sign
              name="unfold"
              className="size-3.5! transition-transform duration-base group-open/rule:rotate-180"
            />
          </summary>
          <p className="pb-3">{PROGRESS_RULE}</p>
        </details>
      ) : null}
    </nav>
  );
}

type Where = Omit<OutlineProps, "chapters">;

function Chapter({ chapter, ...where }: Where & { readonly chapter: OutlineChapter }) {
  const done = chapter.lessons.filter((entry) => entry.isCompleted).length;
  const count = chapter.lessons.length;
  const isHere = chapter.lessons.some((entry) => entry.slug === where.lesson);
  return (
    <details open={isHere} className="group/chapter">
      <summary className="grid min-h-target grid-cols-[1.25rem_1fr_auto_1rem] items-center gap-2 px-5 py-1.5 text-sm leading-snug font-semibold hover:bg-sunken">
        <span className="font-serif text-base leading-none font-normal text-ink-muted italic">
          {chapter.number}
        </span>
        <span>{chapter.title}</span>
        <span className="text-xs font-normal text-ink-muted tabular-nums">
          {where.isEnrolled ? `${done} of ${count}` : `${count} ${count === 1 ? "lesson" : "lessons"}`}
        </span>
        <Sign
          name="unfold"
          className="size-4! text-ink-muted transition-transform duration-base group-open/chapter:rotate-180"
        />
      </summary>
      <ul>
        {chapter.lessons.map((entry) => (
          <OutlineEntry key={entry.slug} entry={entry} {...where} />
        ))}
      </ul>
    </details>
  );
}

const row =
  "grid min-h-target grid-cols-[1.25rem_1fr_auto] items-center gap-2 px-5 py-1.5 text-sm leading-snug [&_svg]:size-3.5!";

function OutlineEntry({ entry, course, lesson, isEnrolled }: Where & { readonly entry: OutlineLesson }) {
  const current = entry.slug === lesson;
  const words = (
    <>
      <Sign {...signOf(entry, current)} />
      <span>
        {entry.title}
        {entry.isCompleted ? <span className="sr-only"> (completed)</span> : null}
        {entry.isOpen ? null : <span className="sr-only"> (locked)</span>}
        {entry.isNew && !entry.isCompleted ? <span className="text-xs text-accent"> new</span> : null}
      </span>
      <span className="text-xs text-ink-muted tabular-nums">
        {isEnrolled && entry.exercises > 0 ? (
          <span title={`${entry.exercisesCompleted} of ${entry.exercises} exercises passed`}>
            {entry.exercisesCompleted}/{entry.exercises}
            <span className="sr-only"> exercises</span> ·{" "}
          </span>
        ) : null}
        {entry.minutes} min
      </span>
    </>
  );
  if (!entry.isOpen && !current) return <li className={clsx(row, "text-ink-muted")}>{words}</li>;
  return (
    <li>
      <Link
        href={`/learn/${course}/${entry.slug}`}
        prefetch={false}
        aria-current={current ? "page" : undefined}
        className={clsx(
          row,
          "text-ink-soft no-underline hover:bg-sunken hover:text-ink",
          "aria-[current]:bg-accent-tint aria-[current]:font-medium aria-[current]:text-ink aria-[current]:shadow-[inset_3px_0_0_var(--color-accent)]",
        )}
      >
        {words}
      </Link>
    </li>
  );
}

const signs = { done: Check, locked: Lock, here: CircleDot, open: Circle, unfold: ChevronDown };

type SignProps = { readonly name: keyof typeof signs; readonly className: string };

function signOf(entry: OutlineLesson, current: boolean): SignProps {
  if (entry.isCompleted) return { name: "done", className: "text-accent" };
  if (!entry.isOpen) return { name: "locked", className: "text-ink-muted" };
  return current ? { name: "here", className: "text-accent" } : { name: "open", className: "text-ink-muted" };
}

const signId = (name: string) => `outline-${name}`;

/** Drawn once; an outline has dozens of them, and each drawn anew is a sixth of what a lesson's frame takes. */
function OutlineSigns() {
  return (
    <svg aria-hidden className="hidden">
      {Object.entries(signs).map(([name, Shape]) => (
        <symbol key={name} id={signId(name)} viewBox="0 0 24 24">
          <Shape />
        </symbol>
      ))}
    </svg>
  );
}

function Sign({ name, className }: SignProps) {
  return (
    <svg aria-hidden className={className}>
      <use href={`#${signId(name)}`} />
    </svg>
  );
}
