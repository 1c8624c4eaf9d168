import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Runtime, RuntimeEnded } from "@/components/exercises/runtime";
import type { PythonTask, SqlTask } from "@/lib/exercises/grader-task";

/** Says what it is asked, and answers when it is told to. */
class StandIn extends EventTarget {
  static made: StandIn[] = [];
  static answersAtOnce = false;
  readonly asked: { readonly type: string; readonly key?: string; readonly code?: string }[] = [];
  isEnded = false;
  constructor() {
    super();
    StandIn.made.push(this);
  }
  postMessage(request: StandIn["asked"][number]): void {
    this.asked.push(request);
    if (StandIn.answersAtOnce) queueMicrotask(() => this.say({ type: "done", answer: request.code ?? null }));
  }
  say(data: object): void {
    if (!this.isEnded) this.dispatchEvent(new MessageEvent("message", { data }));
  }
  terminate(): void {
    this.isEnded = true;
  }
}

beforeEach(() => {
  StandIn.made = [];
  StandIn.answersAtOnce = false;
});
afterEach(() => void vi.unstubAllGlobals());

const ended = (promise: Promise<unknown>) =>
  promise.then(
    () => "answered",
    (error: unknown) => (error instanceof RuntimeEnded ? error.why : error),
  );
/** Until what is queued has had its turn. */
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe("exercises that share a worker", () => {
  const task: PythonTask = { kind: "script", fixture: "", tests: [] };
  const run = (runtime: Runtime, code: string, signal?: AbortSignal) =>
    runtime.take(signal, (send) => send({ type: "run", task, code, lines: [] }));
  const start = () => new Runtime(() => new StandIn());

  test("stopping the one that waits leaves the one that runs, and it does not run later", async () => {
    const runtime = start();
    const stop = new AbortController();
    const first = run(runtime, "first");
    const second = ended(run(runtime, "second", stop.signal));
    const third = run(runtime, "third");
    await settled();
    stop.abort();
    expect(await second).toBe("withdrawn");
    const [worker] = StandIn.made;
    worker?.say({ type: "done", answer: 1 });
    expect(await first).toBe(1);
    await settled();
    worker?.say({ type: "done", answer: 3 });
    expect(await third).toBe(3);
    expect(worker?.asked.map(({ code }) => code)).toEqual(["first", "third"]);
    expect(StandIn.made).toHaveLength(1);
  });

  test("stopping the one that runs ends the worker; the next has a new one", async () => {
    const runtime = start();
    const stop = new AbortController();
    const first = ended(run(runtime, "first", stop.signal));
    const second = run(runtime, "second");
    await settled();
    stop.abort();
    expect(await first).toBe("stopped");
    await settled();
    const [before, after] = StandIn.made;
    expect([before?.isEnded, after?.asked.map(({ code }) => code)]).toEqual([true, ["second"]]);
    after?.say({ type: "done", answer: 2 });
    expect(await second).toBe(2);
  });

  test("a stop that comes after the end stops nobody else", async () => {
    const runtime = start();
    const stop = new AbortController();
    const first = run(runtime, "first", stop.signal);
    const second = run(runtime, "second");
    await settled();
    StandIn.made[0]?.say({ type: "done", answer: 1 });
    await first;
    await settled();
    stop.abort();
    StandIn.made[0]?.say({ type: "done", answer: 2 });
    expect(await second).toBe(2);
  });
});

describe("data", () => {
  const shape = { dataset: "library", reference: "", check: null, ordered: false, secondRun: "" };
  const query: SqlTask = { kind: "query", ...shape };
  const change: SqlTask = { kind: "change", ...shape };
  /** A new module: the page's runtimes, with nothing asked of them. */
  async function load(
    fetched: () => Promise<Response> = async () => new Response("CREATE TABLE books (id)"),
  ) {
    vi.resetModules();
    vi.stubGlobal("Worker", StandIn);
    vi.stubGlobal("fetch", fetched);
    return import("@/components/exercises/runtime");
  }
  const types = () => StandIn.made.flatMap(({ asked }) => asked.map(({ type }) => type));

  test("is fresh for every run of a query: what one deletes, the next one finds", async () => {
    StandIn.answersAtOnce = true;
    const { runSqlOn } = await load();
    await runSqlOn("course/a", query, "DELETE FROM books");
    await runSqlOn("course/a", query, "SELECT id FROM books");
    expect(types()).toEqual(["open", "run", "open", "run"]);
  });

  test("keeps what a task changes that is about changing it", async () => {
    StandIn.answersAtOnce = true;
    const { runSqlOn, openData } = await load();
    await runSqlOn("course/a", change, "DELETE FROM books");
    await runSqlOn("course/a", change, "SELECT id FROM books");
    await openData("course/a", change);
    expect(types()).toEqual(["open", "run", "run", "open"]);
  });

  test("that is not there yet need not be waited for", async () => {
    const { runSqlOn } = await load(() => new Promise(() => {}));
    const stop = new AbortController();
    const asked = runSqlOn("course/a", query, "SELECT 1", stop.signal).catch((error: unknown) => error);
    stop.abort();
    expect(await asked).toMatchObject({ why: "withdrawn" });
    expect(StandIn.made).toEqual([]);
  });

  test("is opened anew where stopping another exercise has ended the worker", async () => {
    const { runSqlOn } = await load();
    const stop = new AbortController();
    StandIn.answersAtOnce = true;
    await runSqlOn("course/b", change, "SELECT 1");
    StandIn.answersAtOnce = false;
    const endless = runSqlOn("course/a", change, "SELECT 2", stop.signal).catch(() => "ended");
    const waiting = runSqlOn("course/b", change, "SELECT 3");
    await settled();
    StandIn.answersAtOnce = true;
    stop.abort();
    expect(await endless).toBe("ended");
    expect(await waiting).toBe("SELECT 3");
    expect(StandIn.made[1]?.asked.map(({ type, key }) => `${type} ${key}`)).toEqual([
      "open course/b",
      "run course/b",
    ]);
  });
});
