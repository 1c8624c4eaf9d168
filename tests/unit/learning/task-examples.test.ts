import { expect, test } from "vitest";
import { readDataset } from "@/lib/learning/datasets";
import { readTaskExamples } from "@/lib/learning/task-examples";

test("a program's example shows what is given and what the result must be", () => {
  const tests = [{ setup: "price_cents = 330\n", expect: "(170, 3)" }];
  expect(readTaskExamples(tests, "(change, coins)")).toEqual([
    {
      setup: "price_cents = 330\n",
      expression: "(change, coins)",
      outcome: { kind: "value", source: "(170, 3)" },
    },
  ]);
});

test("a function's example shows the call, and the exception when there is one", () => {
  const tests = [{ call: "parse('x')", raises: "ValueError" }];
  expect(readTaskExamples(tests, null)).toEqual([
    { setup: null, expression: "parse('x')", outcome: { kind: "raises", source: "ValueError" } },
  ]);
});

test("what has no such tests has no examples", () => {
  for (const tests of [null, [], [{}], ["x"], { a: 1 }]) expect(readTaskExamples(tests, null)).toEqual([]);
});

test("a data set is read by its name, and nothing else is", async () => {
  expect(await readDataset("library")).toContain("CREATE TABLE");
  for (const name of ["../datasets/library", "library.sql", "", "/etc/passwd", "nothing-there", "a\0b"]) {
    expect(await readDataset(name)).toBeNull();
  }
});
