import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fieldName, gradeQuestion, orderOptions, readAnswers, toQuizForm } from "@/lib/exercises/quiz";

const option = fc.string({ minLength: 1, maxLength: 20 });
const quiz = fc
  .record({ question: fc.string(), options: fc.uniqueArray(option, { minLength: 2, maxLength: 5 }) })
  .map(({ question, options: [answer = "", ...wrong] }) => ({
    question,
    answer,
    explanation: "",
    wrong: wrong.map((text) => ({ option: text, why: "" })),
  }));

test("every option once, in an order that does not depend on which is right", () => {
  fc.assert(
    fc.property(quiz, (question) => {
      const options = [question.answer, ...question.wrong.map((wrong) => wrong.option)];
      const ordered = orderOptions(question);
      expect(ordered.toSorted()).toEqual(options.toSorted());
      const [first, ...rest] = options.toReversed();
      const turned = {
        ...question,
        answer: first ?? "",
        wrong: rest.map((text) => ({ option: text, why: "" })),
      };
      expect(orderOptions(turned)).toEqual(ordered);
    }),
  );
});

test("the right answer is not always at the same place", () => {
  const places = Array.from({ length: 30 }, (_, n) =>
    orderOptions({
      question: `Question ${n}`,
      answer: "yes",
      explanation: "",
      wrong: [
        { option: "no", why: "" },
        { option: "perhaps", why: "" },
      ],
    }).indexOf("yes"),
  );
  expect(new Set(places)).toEqual(new Set([0, 1, 2]));
});

const several = {
  question: "Which change a list in place?",
  answers: ["append", "sort"],
  explanation: "Both return None.",
  wrong: [{ option: "sorted", why: "It makes a new one." }],
};
const typed = {
  question: "What ends a loop at once?",
  accepts: ["break", "a break"],
  explanation: "It does.",
};

describe("grading", () => {
  test("one option", () => {
    const one = { question: "?", answer: "a", explanation: "yes", wrong: [{ option: "b", why: "no" }] };
    expect(gradeQuestion(one, ["a"])).toMatchObject({ isCorrect: true, chosen: ["a"] });
    const wrong = gradeQuestion(one, ["b"]);
    expect(wrong.isCorrect).toBe(false);
    expect(wrong.options).toContainEqual({ option: "b", isRight: false, why: "no" });
    expect(gradeQuestion(one, ["made up"])).toMatchObject({ isCorrect: false, chosen: [] });
    expect(gradeQuestion(one, ["a", "b"]).isCorrect).toBe(false);
  });

  test("several options: all of them, and no other", () => {
    expect(gradeQuestion(several, ["sort", "append"]).isCorrect).toBe(true);
    expect(gradeQuestion(several, ["sort"]).isCorrect).toBe(false);
    expect(gradeQuestion(several, ["sort", "append", "sorted"]).isCorrect).toBe(false);
  });

  test("a short answer, whatever its case and spaces", () => {
    for (const right of ["break", " Break ", "A  BREAK"])
      expect(gradeQuestion(typed, [right]).isCorrect).toBe(true);
    for (const wrong of ["", "breaks", "br eak"]) expect(gradeQuestion(typed, [wrong]).isCorrect).toBe(false);
  });
});

test("what is shown before answering holds no answer", () => {
  const shown = JSON.stringify([several, typed].map(toQuizForm));
  for (const secret of ["break", "None", "makes a new one"]) expect(shown).not.toContain(secret);
});

test("a form's fields are read per question; one without an answer makes it incomplete", () => {
  const forms = [several, typed].map(toQuizForm);
  const place = forms[0]?.options.indexOf("sort") ?? -1;
  expect(readAnswers(forms, { [fieldName(0, place)]: "on", [fieldName(1)]: "break" })).toEqual([
    ["sort"],
    ["break"],
  ]);
  expect(readAnswers(forms, { [fieldName(0, place)]: "on", [fieldName(1)]: "  " })).toBeNull();
});
