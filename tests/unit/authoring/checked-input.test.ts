import { expect, test } from "vitest";
import { checkedLessonInput, writeQuiz } from "@/lib/authoring/checked-input";
import { newId } from "@/lib/ids";

const typed = {
  lesson: newId(),
  revision: "1",
  title: "Names",
  summary: "About names.",
  minutes: "12",
  body: "A name stands for a value. ".repeat(100),
  quiz: "- question: What is it?\n  accepts: [a name]\n  explanation: It is one.\n",
};

const problemsOf = (changes: object) => {
  const read = checkedLessonInput.safeParse({ ...typed, ...changes });
  return read.success ? [] : read.error.issues.map(({ path, message }) => `${String(path[0])}: ${message}`);
};

test("a lesson in order is read, and its questions are written as they were", () => {
  const read = checkedLessonInput.parse(typed);
  expect(read).toMatchObject({ revision: 1, minutes: 12, freePreview: false });
  expect(checkedLessonInput.parse({ ...typed, quiz: writeQuiz(read.quiz) }).quiz).toEqual(read.quiz);
});

test.each([
  [{ body: "Short." }, "body: This has 1 words; a lesson needs at least 500."],
  [
    { body: `# Title\n\n${typed.body}` },
    "body: Line 1: the title is the only first-level heading; begin with ##.",
  ],
  [{ body: `${typed.body}\n\n<b>bold</b>` }, "body: Line 3: HTML is not shown; write Markdown."],
  [{ quiz: "- question: What?\n" }, "quiz: Line 1: [1].explanation: is missing."],
  [{ quiz: "- [" }, "quiz: Line 1:"],
  [{ quiz: "" }, "quiz: Line 1:"],
  [{ minutes: "soon" }, "minutes: Give the minutes as a number."],
])("%j is refused with its place", (changes, problem) => {
  expect(
    problemsOf(changes).some((one) => one.startsWith(problem)),
    problemsOf(changes).join(),
  ).toBe(true);
});
