import { loadPyodide } from "pyodide";
import { beforeAll, describe, expect, test } from "vitest";
import type { PythonTask } from "@/lib/exercises/grader-task";
import { type Python, preparePython } from "@/lib/exercises/run-python";

let python: Python;
beforeAll(async () => {
  python = preparePython(await loadPyodide());
});

const double: PythonTask = {
  kind: "function",
  fixture: "",
  tests: [
    { setup: "", call: "double(2)", expect: "4", raises: null, edge: false },
    { setup: "", call: "double('x')", expect: null, raises: "TypeError", edge: true },
  ],
};
const blank: PythonTask = {
  kind: "script",
  fixture: "",
  tests: [{ setup: "price = 5", call: "price", expect: "5", raises: null, edge: false }],
};

async function run(task: PythonTask, code: string, lines: string[] = []) {
  const printed: string[] = [];
  const answer = await python.run(task, code, lines, (text) => printed.push(text));
  return { ...answer, printed: printed.join("") };
}

describe("running", () => {
  test("shows what is printed, and the value of the example", async () => {
    const code = "def double(n):\n    print('twice', n)\n    return n * 2\n";
    expect(await run(double, code)).toMatchObject({
      printed: "twice 2\n",
      call: "double(2)",
      value: "4",
      error: null,
    });
  });

  test("marks what goes to stderr, line by line, where it happened", async () => {
    const code = [
      "import sys",
      "print('one')",
      "print('bad', 'input', file=sys.stderr)",
      "sys.stderr.write('two\\nlines\\n')",
      "print('three')",
    ];
    expect((await run(blank, code.join("\n"))).printed).toBe(
      "one\nstderr: bad input\nstderr: two\nstderr: lines\nthree\n",
    );
    expect((await run(blank, "import sys\nsys.stderr.write(1)")).error?.message).toContain("must be str");
  });

  test("names the line of an error, in the learner's own lines only", async () => {
    const { error } = await run(blank, "x = 1\n\ndef f():\n    return x / 0\n\nf()\n");
    expect(error).toMatchObject({ message: "ZeroDivisionError: division by zero", line: 4 });
    expect(error?.trace).toContain('File "your_code.py", line 6');
    expect(error?.trace).not.toContain("harness");
    expect((await run(blank, "x = 1\nif x\n    pass\n")).error).toMatchObject({ line: 2, column: 5 });
    expect((await run(blank, "f = lambda: f()\nf()\n")).error?.message).toContain("RecursionError");
    expect((await run(blank, "raise SystemExit(3)")).error?.message).toContain("ended itself");
  });

  test("answers input() line by line, and says when one is missing", async () => {
    const code = "a = input('Name? ')\nb = int(input('Age? '))\nprint(a, b + 1)\n";
    expect(await run(blank, code)).toMatchObject({ asks: "Name? ", error: null });
    expect(await run(blank, code, ["Ada"])).toMatchObject({ asks: "Age? " });
    expect(await run(blank, code, ["Ada", "36"])).toMatchObject({
      asks: null,
      printed: "Name? Ada\nAge? 36\nAda 37\n",
    });
  });

  const catching = {
    "a bare except": ["try:", "    n = int(input('Number? '))", "except:", "    n = 0", "print(n * 2)"],
    "a loop that asks until it can be understood": [
      "while True:",
      "    try:",
      "        n = int(input('Number? '))",
      "        break",
      "    except:",
      "        print('Not a number.')",
      "print(n * 2)",
    ],
    "loops within loops": [
      "while True:",
      "    try:",
      "        while True:",
      "            try:",
      "                n = int(input('Number? '))",
      "                break",
      "            except: pass",
      "        break",
      "    except BaseException: continue",
      "print(n * 2)",
    ],
    "a function and a context that swallows": [
      "from contextlib import suppress",
      "def ask():",
      "    while True:",
      "        with suppress(BaseException): return int(input('Number? '))",
      "        print('Not a number.')",
      "print(ask() * 2)",
    ],
    "a generator and a finally": [
      "def numbers():",
      "    try:",
      "        yield int(input('Number? '))",
      "    finally:",
      "        print('closed')",
      "try:",
      "    for n in numbers(): print(n * 2)",
      "except: print('Not a number.')",
    ],
    "a task of its own": [
      "import asyncio",
      "async def ask():",
      "    try: return int(input('Number? '))",
      "    except: return 0",
      "first, second = await asyncio.gather(ask(), asyncio.sleep(0, 2), return_exceptions=True)",
      "print(first * second)",
    ],
  };
  test.each(Object.entries(catching))(
    "asks inside of %s, before anything else happens",
    async (_what, code) => {
      const asked = await run(blank, code.join("\n"));
      expect(asked).toMatchObject({ asks: "Number? ", error: null, value: null, printed: "Number? " });
      const answered = await run(blank, code.join("\n"), ["21"]);
      expect(answered).toMatchObject({ asks: null, error: null });
      expect(answered.printed).toMatch(/^Number\? 21\n42\n/);
      expect(await run(blank, "print('as ever')")).toMatchObject({ asks: null, printed: "as ever\n" });
    },
  );

  test("does not call it an error when the example needs a name that the program has not made yet", async () => {
    const pair: PythonTask = {
      kind: "script",
      fixture: "",
      tests: [{ setup: "paid = 5", call: "(change, coins)", expect: "(5, 1)", raises: null, edge: false }],
    };
    const begun = { printed: "5\n", call: "(change, coins)", value: null, error: null };
    expect(await run(pair, "print(paid)")).toMatchObject({ ...begun, missing: "change" });
    expect(await run(pair, "print(paid)\nchange = 5")).toMatchObject({ ...begun, missing: "coins" });
    expect(await run(double, "# nothing yet")).toMatchObject({ missing: "double", error: null });
    const within = await run(double, "def double(n):\n    return m\n");
    expect(within).toMatchObject({ missing: null, error: { line: 2 } });
    expect(await run(pair, "change = chnge")).toMatchObject({ missing: null, error: { line: 1 } });
  });

  test("cuts what is printed without end", async () => {
    const { printed } = await run(blank, "for n in range(100_000):\n    print(n)\n");
    expect(printed.length).toBeLessThan(20_100);
    expect(printed).toContain("the rest of the output is left out");
  });

  test("gives every run a world of its own, and ends what it left running", async () => {
    await run(blank, "leftover = 1\nimport asyncio\nasyncio.ensure_future(asyncio.sleep(60))\n");
    expect((await run(blank, "leftover\n")).error?.message).toContain("NameError");
    expect((await run(blank, "import asyncio\nlen(asyncio.all_tasks())\n")).error).toBeNull();
  });
});

describe("testing", () => {
  test("says input, expected and got", async () => {
    const code = "def double(n):\n    return n + 1\n";
    expect(await python.test(double, code, 1)).toMatchObject({
      passed: false,
      finding: { kind: "value", input: "double(2)", expected: "4", got: "3" },
    });
    expect(await python.test(double, code, 2)).toMatchObject({ passed: true });
    expect(await python.test(double, "double = lambda n: n * 2", 2)).toMatchObject({
      passed: false,
      finding: { expected: "raises TypeError", got: "'xx'" },
    });
  });

  test("tells equal-looking values of different types apart", async () => {
    const report = await python.test(double, "double = lambda n: float(n * 2)", 1);
    expect(report).toMatchObject({ passed: false, finding: { got: "4.0", expected: "4" } });
    const close = await python.test(double, "class I(int): pass\ndouble = lambda n: I(n * 2)", 1);
    expect(close.finding).toMatchObject({ got: "4 (a I, not a int)" });
  });

  test("keeps a broken program's error beside the test", async () => {
    const report = await python.test(double, "def double(n):\n    return m\n", 1);
    expect(report).toMatchObject({
      passed: false,
      error: { line: 2 },
      finding: { got: expect.stringContaining("NameError") },
    });
    expect(await python.test(double, "def double(n)\n", 1)).toMatchObject({
      passed: false,
      error: { line: 1 },
    });
  });
  test("tells an error that comes before every test from one of a test", async () => {
    const asked = async (task: PythonTask, code: string) => {
      const { began, error } = await python.test(task, code, 1);
      return [began, error?.line];
    };
    expect(await asked(double, "def double(n)\n")).toEqual([false, 1]);
    expect(await asked(blank, "price = = 3\n")).toEqual([false, 1]);
    expect(await asked(double, "def double(n):\n    return n\n\nn = int(input())\n")).toEqual([false, 4]);
    expect(await asked(double, "def double(n):\n    return m\n")).toEqual([true, 2]);
    // What a script is given differs from test to test.
    expect(await asked(blank, "price / 0\n")).toEqual([true, 1]);
    const raising = await python.test(double, "double = lambda n: n / 0", 1);
    expect(raising.finding).toMatchObject({ got: "raises ZeroDivisionError" });
  });
});
