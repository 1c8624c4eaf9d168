import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Results } from "@/components/exercises/results";
import type { Shown } from "@/components/exercises/use-runs";
import type { PythonRun } from "@/lib/exercises/reports";

const draw = (shown: Shown, language: "python" | "sql" = "python") =>
  renderToStaticMarkup(
    <Results shown={shown} language={language} onAnswer={() => {}}>
      {null}
    </Results>,
  );
/** What is read, without markup. */
const read = (markup: string) => markup.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
const times = (text: string, part: string) => text.split(part).length - 1;

test("an error that comes before every test is told once, and the tests are said not to have run", () => {
  const error = { message: "SyntaxError: invalid syntax", trace: "", line: 1, column: 10 };
  const tests = ["price = 1", "price = 2", "price = 3"];
  const markup = draw({
    kind: "tests",
    reports: [],
    obstacle: { error, tests },
    total: 3,
    isDone: true,
    ms: 20,
    ended: null,
  });
  expect(times(markup, error.message)).toBe(1);
  expect(times(read(markup), ", not run")).toBe(3);
  expect(read(markup)).toContain("An error came before the tests");
  expect(read(markup)).toContain("Line 1, character 10");
});

const ran: PythonRun = { call: null, value: null, missing: null, error: null, asks: null };
const python = (run: Partial<PythonRun>): Shown => ({
  kind: "python",
  output: "",
  run: { ...ran, ...run },
  lines: [],
  ended: null,
});

test("a program that has not made what is asked for yet has run, and has no error", () => {
  const value = read(draw(python({ call: "(change, coins)", missing: "change" })));
  expect(value).toContain("Your program ran change has no value yet.");
  const called = read(draw(python({ call: "double(2)", missing: "double" })));
  expect(called).toContain("Your program ran double is not defined yet.");
  for (const text of [value, called]) expect(text).not.toMatch(/error|printed nothing/i);
});

test("what does not end is called by its name", () => {
  expect(draw({ kind: "sql", run: null, ended: "too_long" }, "sql")).toContain("The query was still running");
  expect(draw({ kind: "python", output: "", run: null, lines: [], ended: "too_long" })).toContain(
    "The program was still running",
  );
});
