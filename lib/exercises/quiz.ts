/** As an author writes it and the database keeps it: one right option, several, or words that are accepted. */
export type QuizQuestion = {
  readonly question: string;
  readonly explanation: string;
  readonly answer?: string | undefined;
  readonly answers?: readonly string[] | undefined;
  readonly accepts?: readonly string[] | undefined;
  readonly wrong?: readonly { readonly option: string; readonly why: string }[] | undefined;
};

/** What may be known before answering. */
export type QuizForm = {
  readonly question: string;
  readonly kind: "single" | "multiple" | "short";
  /** None for a short answer. */
  readonly options: readonly string[];
};

export type QuestionVerdict = {
  readonly isCorrect: boolean;
  /** What was chosen or typed. */
  readonly chosen: readonly string[];
  readonly explanation: string;
  /**
   * Every option with whether it is right, and why: a wrong one tempts by its own reason, the only right one has the
   * explanation, several right ones share it and have none here. For a short answer what is accepted.
   */
  readonly options: readonly {
    readonly option: string;
    readonly isRight: boolean;
    readonly why: string | null;
  }[];
};

export function toQuizForm(question: QuizQuestion): QuizForm {
  const kind = question.accepts ? "short" : question.answers ? "multiple" : "single";
  return { question: question.question, kind, options: kind === "short" ? [] : orderOptions(question) };
}

/**
 * A choice is right when exactly the right options were chosen. A short answer is right when it is one that is accepted;
 * case, and how many spaces stand between its words and around it, do not matter.
 */
export function gradeQuestion(question: QuizQuestion, chosen: readonly string[]): QuestionVerdict {
  const { explanation, accepts } = question;
  if (accepts) {
    const typed = chosen[0] ?? "";
    const isCorrect = accepts.some((accepted) => plain(accepted) === plain(typed));
    const options = accepts.slice(0, 1).map((option) => ({ option, isRight: true, why: explanation }));
    return { isCorrect, chosen: [typed], explanation, options };
  }
  const right = rightOptions(question);
  const why = new Map((question.wrong ?? []).map((wrong) => [wrong.option, wrong.why]));
  const offered = orderOptions(question);
  const picked = offered.filter((option) => chosen.includes(option));
  return {
    isCorrect: picked.length === right.length && right.every((option) => picked.includes(option)),
    chosen: picked,
    explanation,
    options: offered.map((option) => ({
      option,
      isRight: right.includes(option),
      why: why.get(option) ?? (right.length === 1 ? explanation : null),
    })),
  };
}

/** `Plum  Jam ` and `plum jam` are the same answer. */
function plain(text: string): string {
  return text.normalize("NFC").trim().replace(/\s+/g, " ").toLowerCase();
}

function rightOptions({ answer, answers }: QuizQuestion): readonly string[] {
  return answers ?? (answer === undefined ? [] : [answer]);
}

/**
 * The options of a question in an order that gives nothing away and is the same on every visit: by a hash of question
 * and option (FNV-1a, 32 bit).
 */
export function orderOptions(question: QuizQuestion): string[] {
  const options = [...rightOptions(question), ...(question.wrong ?? []).map(({ option }) => option)];
  const place = new Map(options.map((option) => [option, hash(`${question.question}\n${option}`)]));
  return options.toSorted((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0) || (a < b ? -1 : 1));
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return value >>> 0;
}

/** The names under which a form posts answers: `answer-0` for one, `answer-0-2` for each of several. */
export function fieldName(question: number, option?: number): string {
  return option === undefined ? `answer-${question}` : `answer-${question}-${option}`;
}

/** What was answered to each question; null when one has no answer. */
export function readAnswers(
  forms: readonly QuizForm[],
  fields: Readonly<Record<string, unknown>>,
): string[][] | null {
  const answers = forms.map(({ kind, options }, index) => {
    if (kind === "multiple")
      return options.filter((_, place) => fields[fieldName(index, place)] !== undefined);
    const value = fields[fieldName(index)];
    return typeof value === "string" && value.trim() !== "" ? [value.slice(0, 500)] : [];
  });
  return answers.some((answer) => answer.length === 0) ? null : answers;
}
