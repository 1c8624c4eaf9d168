"use server";

import { publicAction } from "@/lib/action";
import { readClientAddress } from "@/lib/identity/request-address";
import { throttle } from "@/lib/identity/throttle";
import { err, ok, type Result } from "@/lib/result";
import { recordQuizAttempt } from "./mutations";
import { findQuestions } from "./queries";
import { gradeQuestion, type QuestionVerdict, readAnswers, toQuizForm } from "./quiz";
import { quizInput } from "./schema";

export type QuizRejection = "not_readable" | "unanswered" | "throttled";
export type QuizResult = {
  readonly verdicts: readonly QuestionVerdict[];
  readonly correct: number;
  /** False for readers of a preview. */
  readonly saved: boolean;
};

/** Grades a lesson's questions. The answers leave the server here, and not before. */
export const answerQuizAction = publicAction(
  quizInput,
  async (viewer, { course, lesson, ...fields }): Promise<Result<QuizResult, QuizRejection>> => {
    const allowed = viewer
      ? throttle("exerciseAttempt", viewer.userId)
      : throttle("quizAddress", await readClientAddress());
    if (!(await allowed).ok) return err("throttled");
    const questions = await findQuestions(viewer, course, lesson);
    if (!questions || questions.length === 0) return err("not_readable");
    const answers = readAnswers(questions.map(toQuizForm), fields);
    if (!answers) return err("unanswered");
    const verdicts = questions.map((question, index) => gradeQuestion(question, answers[index] ?? []));
    const correct = verdicts.filter((verdict) => verdict.isCorrect).length;
    const graded = { answers, correct, total: questions.length };
    const saved = viewer ? await recordQuizAttempt(viewer.userId, course, lesson, graded) : false;
    return ok({ verdicts, correct, saved });
  },
);
