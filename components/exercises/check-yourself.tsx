import { DateTime } from "@/components/ui/date-time";
import type { LastQuizAttempt } from "@/lib/exercises/queries";
import type { QuizForm } from "@/lib/exercises/quiz";
import { Quiz } from "./quiz";

type CheckYourselfProps = {
  readonly course: string;
  readonly lesson: string;
  readonly questions: readonly QuizForm[];
  readonly last: LastQuizAttempt | null;
};

/** The questions at the end of a lesson. */
export function CheckYourself({ course, lesson, questions, last }: CheckYourselfProps) {
  if (questions.length === 0) return null;
  return (
    <section aria-labelledby="check-yourself" className="mt-12 border-t border-ink pt-8 print:hidden">
      <h2 id="check-yourself">Check yourself</h2>
      {last ? (
        <p className="mt-1 text-sm text-ink-muted">
          Last time, <DateTime at={last.at} format="date" />: {last.correct} of {last.total} right.
        </p>
      ) : null}
      <Quiz course={course} lesson={lesson} questions={questions} />
    </section>
  );
}
