import { Worker } from "node:worker_threads";
import { loadPyodide, type PyodideInterface } from "pyodide";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { countTests, type PythonTask } from "@/lib/exercises/grader-task";
import { type Python, preparePython } from "@/lib/exercises/run-python";
import { listShipped, type Program, programsOf } from "./programs";

/**
 * What a test may take, as in the browser. It must be well above what exercises themselves wait for (a second): an interrupt
 * that comes while a program only waits reaches Python's event loop instead, and ends more than this test.
 */
const LIMIT_MS = 5_000;

/** Interrupts Python from a thread of its own: the one that runs an endless loop cannot. */
const CLOCK = `
const { workerData: { interrupt, beat }, } = require("node:worker_threads");
let seen = 0, since = Date.now();
setInterval(() => {
  const now = Atomics.load(beat, 0);
  if (now !== seen) { seen = now; since = Date.now(); }
  else if (now % 2 === 1 && Date.now() - since > ${LIMIT_MS}) { Atomics.store(interrupt, 0, 2); since = Date.now(); }
}, 50);`;

let python: Python;
let pyodide: PyodideInterface;
const interrupt = new Uint8Array(new SharedArrayBuffer(1));
const beat = new Int32Array(new SharedArrayBuffer(4));
const clock = new Worker(CLOCK, { eval: true, workerData: { interrupt, beat } });

beforeAll(async () => {
  pyodide = await loadPyodide();
  pyodide.setInterruptBuffer(interrupt);
  python = preparePython(pyodide);
});
afterAll(() => clock.terminate());

/** The numbers of the tests that refuse the program. */
async function grade(task: PythonTask, code: string): Promise<number[]> {
  const refused: number[] = [];
  for (let number = 1; number <= countTests(task); number += 1) {
    Atomics.add(beat, 0, 1);
    const report = await python.test(task, code, number);
    Atomics.add(beat, 0, 1);
    if (!report.passed) refused.push(number);
  }
  return refused;
}

const shipped = (await listShipped()).filter(({ task }) =>
  ["script", "function", "tests"].includes(task.kind),
);

describe.each(shipped)("$name", ({ definition, task }) => {
  test.each(programsOf(definition))("$what", async ({ code, caughtBy }: Program) => {
    const refused = await grade(task as PythonTask, code);
    if (caughtBy === null) return expect(refused).toEqual([]);
    expect(refused).not.toEqual([]);
    if (caughtBy.length > 0) expect(refused).toEqual(expect.arrayContaining([...caughtBy]));
  });
});
