import fc from "fast-check";
import { expect, test } from "vitest";
import { orderOptions } from "@/lib/learning/quiz-options";

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
