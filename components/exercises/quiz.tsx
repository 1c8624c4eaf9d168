"use client";

import { clsx } from "clsx";
import { Check, RotateCcw, X } from "lucide-react";
import { unstable_rethrow } from "next/navigation";
import { type FormEvent, useActionState, useEffect, useRef, useState, useTransition } from "react";
import { InlineCode } from "@/components/catalog/inline-code";
import { Button } from "@/components/ui/button";
import { Checkbox, Radio } from "@/components/ui/choice";
import { Notice } from "@/components/ui/notice";
import type { CommonRejection } from "@/lib/action";
import { answerQuizAction, type QuizRejection, type QuizResult } from "@/lib/exercises/actions";
import { fieldName, type QuestionVerdict, type QuizForm } from "@/lib/exercises/quiz";

const messages: Readonly<Record<QuizRejection | CommonRejection, string>> = {
  unanswered: "Answer every question first.",
  not_readable: "You cannot read this lesson any more, so nothing was graded.",
  throttled: "That was very quick. Wait a minute, then try again.",
  signed_out: "You are signed out. Sign in in another tab, then press again: your answers stay here.",
  forbidden: "You may not do this.",
  foreign_origin: "The request did not come from this page. Reload it and try again.",
  invalid_input: "This page is out of date. Reload it and try again.",
};

/** Why the answers have not reached the server. */
const hitches = {
  offline: "Answers are checked on the server, and there is no network now.",
  not_sent: "The answers could not be sent. Check your network, or reload the page, and try again.",
} as const;

type QuizProps = {
  readonly course: string;
  readonly lesson: string;
  readonly questions: readonly QuizForm[];
};

/** The questions of a lesson. They are graded on the server, with or without scripts; the answers come after that. */
export function Quiz(props: QuizProps) {
  const [round, setRound] = useState(0);
  return <Round key={round} {...props} isAgain={round > 0} onAgain={() => setRound(round + 1)} />;
}

type RoundProps = QuizProps & { readonly isAgain: boolean; readonly onAgain: () => void };

function Round({ course, lesson, questions, isAgain, onAgain }: RoundProps) {
  // Without scripts the browser posts the form, and the page comes back with the answer.
  const [posted, post] = useActionState(answerQuizAction, null);
  const [state, setState] = useState(posted);
  const [hitch, setHitch] = useState<keyof typeof hitches | null>(null);
  const [busy, start] = useTransition();
  const [wasGraded] = useState(state?.ok === true);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // The button that was pressed is gone.
    if (isAgain) form.current?.querySelector<HTMLElement>("input:not([type=hidden])")?.focus();
  }, [isAgain]);
  if (state?.ok)
    return <Graded questions={questions} result={state.value} takesFocus={!wasGraded} onAgain={onAgain} />;
  // By hand: sent by React, an answer that does not arrive takes the whole lesson away, and any empties the form.
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    setHitch(navigator.onLine ? null : "offline");
    if (!navigator.onLine) return;
    const answers = new FormData(event.currentTarget);
    start(async () => {
      try {
        setState(await answerQuizAction(null, answers));
      } catch (error) {
        unstable_rethrow(error);
        setHitch("not_sent");
      }
    });
  };
  const typed = state?.error.values ?? {};
  return (
    <form ref={form} action={post} onSubmit={send} className="mt-4 grid max-w-prose gap-8">
      <input type="hidden" name="course" value={course} />
      <input type="hidden" name="lesson" value={lesson} />
      {questions.map((question, index) => (
        <Question key={question.question} question={question} index={index} typed={typed} />
      ))}
      {hitch ? (
        <Notice tone="warning" role="alert" title={hitches[hitch]} />
      ) : state ? (
        <Notice tone="danger" role="alert" title={messages[state.error.code]} />
      ) : null}
      <div>
        <Button type="submit" busy={busy} busyLabel="Checking">
          Check {questions.length === 1 ? "answer" : "answers"}
        </Button>
      </div>
    </form>
  );
}

type QuestionProps = {
  readonly question: QuizForm;
  readonly index: number;
  readonly typed: Readonly<Record<string, string>>;
};

function Question({ question: { question, kind, options }, index, typed }: QuestionProps) {
  const name = fieldName(index);
  if (kind === "short") {
    return (
      <div>
        <label htmlFor={name} className="text-prose font-medium">
          <InlineCode>{question}</InlineCode>
        </label>
        <input
          id={name}
          name={name}
          defaultValue={typed[name]}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={500}
          className="mt-3 block min-h-target w-full max-w-sm rounded-md border border-field-line bg-surface px-3 text-base"
        />
      </div>
    );
  }
  return (
    <fieldset className="min-w-0">
      <legend className="text-prose font-medium">
        <InlineCode>{question}</InlineCode>
        {kind === "multiple" ? (
          <span className="ml-2 text-sm font-normal text-ink-muted">Choose all that fit</span>
        ) : null}
      </legend>
      <div className="mt-2 grid">
        {options.map((option, place) => {
          const label = <InlineCode>{option}</InlineCode>;
          return kind === "multiple" ? (
            <Checkbox
              key={option}
              id={fieldName(index, place)}
              name={fieldName(index, place)}
              defaultChecked={typed[fieldName(index, place)] !== undefined}
              label={label}
            />
          ) : (
            <Radio
              key={option}
              name={name}
              value={option}
              defaultChecked={typed[name] === option}
              label={label}
            />
          );
        })}
      </div>
    </fieldset>
  );
}

type GradedProps = {
  readonly questions: readonly QuizForm[];
  readonly result: QuizResult;
  /** Not when the page came with it. */
  readonly takesFocus: boolean;
  readonly onAgain: () => void;
};

function Graded({ questions, result, takesFocus, onAgain }: GradedProps) {
  const { verdicts, correct, saved } = result;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (takesFocus) box.current?.focus();
  }, [takesFocus]);
  const all = correct === questions.length;
  return (
    <div className="mt-4 grid max-w-prose gap-8">
      <Notice
        ref={box}
        tabIndex={-1}
        tone={all ? "success" : "accent"}
        role="status"
        title={all ? "All right." : `${correct} of ${questions.length} right.`}
      >
        <p>{saved ? "Your answers are kept." : "You are reading a preview: your answers are not kept."}</p>
      </Notice>
      {questions.map((question, index) => {
        const verdict = verdicts[index];
        return verdict ? <Verdict key={question.question} question={question} verdict={verdict} /> : null;
      })}
      <div data-needs-script>
        <Button onClick={onAgain}>
          <RotateCcw />
          Answer again
        </Button>
      </div>
    </div>
  );
}

function Verdict({ question, verdict }: { readonly question: QuizForm; readonly verdict: QuestionVerdict }) {
  return (
    <section aria-label={question.question}>
      <p className="text-prose font-medium">
        <InlineCode>{question.question}</InlineCode>
      </p>
      {question.kind === "short" ? (
        <p className="mt-2 text-sm">
          You wrote <code>{verdict.chosen[0]}</code>: {verdict.isCorrect ? "right." : "not right."}
        </p>
      ) : null}
      <ul className="mt-3 grid gap-3 text-sm">
        {verdict.options.map(({ option, isRight, why }) => (
          <li key={option} className="grid grid-cols-[1.25rem_1fr] gap-2">
            {isRight ? (
              <Check className="mt-0.5 size-4! text-success" />
            ) : (
              <X className="mt-0.5 size-4! text-danger" />
            )}
            <div>
              <p
                className={clsx(
                  "font-semibold",
                  verdict.chosen.includes(option) && "underline underline-offset-3",
                )}
              >
                <span className="sr-only">{isRight ? "Right: " : "Not right: "}</span>
                <InlineCode>{option}</InlineCode>
                {verdict.chosen.includes(option) && question.kind !== "short" ? (
                  <span className="ml-2 font-normal text-ink-muted">your answer</span>
                ) : null}
              </p>
              {why === null ? null : (
                <p className="text-ink-soft">
                  <InlineCode>{why}</InlineCode>
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
      {question.kind === "multiple" ? (
        <p className="mt-3 text-sm text-ink-soft">
          <InlineCode>{verdict.explanation}</InlineCode>
        </p>
      ) : null}
    </section>
  );
}
