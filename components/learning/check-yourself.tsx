import { Check, ChevronDown, X } from "lucide-react";
import { InlineCode } from "@/components/catalog/inline-code";
import { orderOptions, type QuizQuestion } from "@/lib/learning/quiz-options";

/** Questions to answer in one's head first; each answer is one press away, with why the others tempt. */
export function CheckYourself({ questions }: { readonly questions: readonly QuizQuestion[] }) {
  if (questions.length === 0) return null;
  return (
    <section aria-labelledby="check-yourself" className="mt-12 border-t border-ink pt-8">
      <h2 id="check-yourself">Check yourself</h2>
      <ol className="mt-4 grid max-w-prose gap-8">
        {questions.map((question) => (
          <li key={question.question}>
            <Question question={question} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Question({ question }: { readonly question: QuizQuestion }) {
  return (
    <>
      <p className="text-prose font-medium">
        <InlineCode>{question.question}</InlineCode>
      </p>
      <ul className="mt-3 grid gap-2 pl-5 [list-style:circle] marker:text-ink-muted">
        {orderOptions(question).map((option) => (
          <li key={option}>
            <InlineCode>{option}</InlineCode>
          </li>
        ))}
      </ul>
      <details className="group/answer mt-3 border-t border-hairline text-sm">
        <summary className="flex min-h-target items-center gap-2 font-medium text-accent hover:underline">
          Show the answer
          <ChevronDown className="size-4! transition-transform duration-base group-open/answer:rotate-180" />
        </summary>
        <div className="grid gap-3 pb-3">
          <Verdict right option={question.answer} why={question.explanation} />
          {question.wrong.map(({ option, why }) => (
            <Verdict key={option} right={false} option={option} why={why} />
          ))}
        </div>
      </details>
    </>
  );
}

type VerdictProps = { readonly right: boolean; readonly option: string; readonly why: string };

function Verdict({ right, option, why }: VerdictProps) {
  const Icon = right ? Check : X;
  return (
    <div className="grid grid-cols-[1.25rem_1fr] gap-2">
      <Icon className={right ? "mt-0.5 size-4! text-success" : "mt-0.5 size-4! text-danger"} />
      <div>
        <p className="font-semibold">
          <span className="sr-only">{right ? "Right: " : "Not right: "}</span>
          <InlineCode>{option}</InlineCode>
        </p>
        <p className="text-ink-soft">
          <InlineCode>{why}</InlineCode>
        </p>
      </div>
    </div>
  );
}
