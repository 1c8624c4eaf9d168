import { stringify } from "yaml";
import { z } from "zod";
import { checkProse, LEAST_WORDS } from "@/lib/catalog/check-prose";
import { parseYaml, readYaml } from "@/lib/catalog/parse-yaml";
import { type QuizQuestion, quizQuestion } from "@/lib/catalog/schema";
import { courseInput, lessonInput } from "./schema";

type Complain = (path: string, message: string) => void;

const complainIn =
  (context: z.RefinementCtx): Complain =>
  (path, message) =>
    context.addIssue({ code: "custom", path: [path], message });

/** The same rules as for the files below `content/`, so that what is saved here can be taken out and read in again. */
function checkText(field: string, markdown: string, complain: Complain): number {
  const { problems, words } = checkProse(field, markdown, 1);
  const [first] = problems;
  if (first) complain(field, `Line ${first.line}: ${first.reason}.`);
  return words;
}

export const checkedCourseInput = courseInput.superRefine((input, context) => {
  for (const field of ["description", "audience", "prerequisites"] as const)
    checkText(field, input[field], complainIn(context));
});
export type CheckedCourse = z.output<typeof checkedCourseInput>;

export const checkedLessonInput = lessonInput.transform((input, context) => {
  const complain = complainIn(context);
  const words = checkText("body", input.body, complain);
  if (words < LEAST_WORDS)
    complain("body", `This has ${words} words; a lesson needs at least ${LEAST_WORDS}.`);
  const quiz = parseYaml(
    "quiz",
    readYaml("quiz", input.quiz),
    z.array(quizQuestion).min(1, "needs a question"),
  );
  const [problem] = quiz.problems;
  if (problem) complain("quiz", `Line ${problem.line}: ${problem.reason}.`);
  return { ...input, quiz: quiz.value ?? [] };
});
export type CheckedLesson = z.output<typeof checkedLessonInput>;

/** The questions of a lesson as its form shows them: keys in the order of a person, whatever order the database gave them. */
export function writeQuiz(quiz: readonly QuizQuestion[]): string {
  const inOrder = quiz.map(({ question, answer, answers, accepts, explanation, wrong }) => ({
    question,
    ...(answer === undefined ? {} : { answer }),
    ...(answers === undefined ? {} : { answers }),
    ...(accepts === undefined ? {} : { accepts }),
    explanation,
    ...(wrong === undefined ? {} : { wrong: wrong.map(({ option, why }) => ({ option, why })) }),
  }));
  return quiz.length === 0 ? "" : stringify(inOrder, { lineWidth: 100, aliasDuplicateObjects: false });
}
