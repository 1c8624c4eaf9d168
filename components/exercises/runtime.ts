"use client";

import type { PythonTask, SqlTask } from "@/lib/exercises/grader-task";
import type { PythonRequest, SqlAnswer, SqlRequest, WorkerMessage } from "@/lib/exercises/protocol";
import type { PythonRun, TestReport } from "@/lib/exercises/reports";

export type Language = "python" | "sql";

/** What a runtime is doing, for the page to show. */
export type RuntimeState =
  | { readonly phase: "asleep" }
  | { readonly phase: "loading"; readonly fraction: number; readonly what: string }
  | { readonly phase: "ready" }
  | { readonly phase: "broken" };

/**
 * Why a request has no answer: the clock or the learner ended it, the learner took it back before its turn came, or the
 * language could not be loaded.
 */
export type Ended = "too_long" | "stopped" | "withdrawn" | "broken";

export class RuntimeEnded extends Error {
  constructor(readonly why: Ended) {
    super(why);
  }
}

/** A program that runs longer than this is in an endless loop. */
const LIMIT_MS = 5_000;

type Pending = {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: RuntimeEnded) => void;
  readonly onOutput: (text: string) => void;
  timer: ReturnType<typeof setTimeout> | undefined;
};

/** Asks the worker, within a turn. Each request has its own clock, which begins when the language is ready. */
type Send = <Answer>(
  request: PythonRequest | SqlRequest,
  onOutput?: (text: string) => void,
) => Promise<Answer>;

/** What is asked of a worker here. */
type Engine = Pick<Worker, "addEventListener" | "postMessage" | "terminate">;

/**
 * One worker per language, shared by every exercise and kept while the reader goes from lesson to lesson. An endless loop
 * cannot be interrupted from outside, so stopping means ending the worker; the next one begins to load at once.
 */
export class Runtime {
  private worker: Engine | null = null;
  private state: RuntimeState = { phase: "asleep" };
  private pending: Pending | null = null;
  private queue: Promise<unknown> = Promise.resolve();
  private readonly listeners = new Set<() => void>();
  /** Counts workers: what one knew (open data sets) the next one does not. */
  generation = 0;

  constructor(private readonly create: () => Engine) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly read = (): RuntimeState => this.state;

  /** Begins to load, unless it has. */
  wake(): void {
    if (this.worker) return;
    this.generation += 1;
    this.publish({ phase: "loading", fraction: 0, what: "Loading" });
    const worker = this.create();
    this.worker = worker;
    worker.addEventListener("message", ({ data }: MessageEvent<WorkerMessage>) => this.hear(data));
    worker.addEventListener("error", () => this.fail());
  }

  /**
   * One turn after another; nothing of another exercise comes between the requests of one. `signal` takes it back while it
   * waits; once it runs, it ends the worker.
   */
  take<Answer>(signal: AbortSignal | undefined, work: (send: Send) => Promise<Answer>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      let isRunning = false;
      const quit = () => {
        if (isRunning) this.stop();
        else reject(new RuntimeEnded("withdrawn"));
      };
      if (signal?.aborted) return quit();
      signal?.addEventListener("abort", quit);
      this.queue = this.queue.then(async () => {
        if (signal?.aborted) return;
        isRunning = true;
        await work(this.send).then(resolve, reject);
        signal?.removeEventListener("abort", quit);
      });
    });
  }

  private readonly send: Send = <Answer>(
    request: PythonRequest | SqlRequest,
    onOutput: (text: string) => void = () => {},
  ) =>
    new Promise<Answer>((resolve, reject) => {
      this.wake();
      this.pending = { resolve: (answer) => resolve(answer as Answer), reject, onOutput, timer: undefined };
      this.startClock();
      this.worker?.postMessage(request);
    });

  private stop(why: Ended = "stopped"): void {
    this.worker?.terminate();
    this.worker = null;
    const pending = this.release();
    if (why === "broken") this.publish({ phase: "broken" });
    else this.wake();
    pending?.reject(new RuntimeEnded(why));
  }

  private fail(): void {
    this.stop("broken");
  }

  private startClock(): void {
    if (this.state.phase !== "ready" || !this.pending) return;
    this.pending.timer = setTimeout(() => this.stop("too_long"), LIMIT_MS);
  }

  private release(): Pending | null {
    const { pending } = this;
    if (pending) clearTimeout(pending.timer);
    this.pending = null;
    return pending;
  }

  private hear(message: WorkerMessage): void {
    if (message.type === "progress") {
      if (this.state.phase === "loading")
        this.publish({ phase: "loading", fraction: message.fraction, what: message.what });
    } else if (message.type === "ready") {
      this.publish({ phase: "ready" });
      this.startClock();
    } else if (message.type === "broken") this.fail();
    else if (message.type === "output") this.pending?.onOutput(message.text);
    else this.release()?.resolve(message.answer);
  }

  private publish(state: RuntimeState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

const runtimes: Readonly<Record<Language, Runtime>> = {
  python: new Runtime(() => new Worker("/workers/python.js", { type: "module", name: "python" })),
  sql: new Runtime(() => new Worker("/workers/sql.js", { type: "module", name: "sql" })),
};

export function runtimeOf(language: Language): Runtime {
  return runtimes[language];
}

export function runPython(
  task: PythonTask,
  code: string,
  lines: readonly string[],
  onOutput: (text: string) => void,
  signal?: AbortSignal,
): Promise<PythonRun> {
  return runtimes.python.take(signal, (send) => send({ type: "run", task, code, lines }, onOutput));
}

export function testPython(
  task: PythonTask,
  code: string,
  number: number,
  signal?: AbortSignal,
): Promise<TestReport> {
  return runtimes.python.take(signal, (send) => send({ type: "test", task, code, number }));
}

/** Which worker has which exercise's data open. */
const opened = new Map<string, number>();
const statements = new Map<string, Promise<string>>();

/** The data as it was at first. `key` names the exercise. */
export function openData(key: string, task: SqlTask, signal?: AbortSignal): Promise<SqlAnswer> {
  return onData(key, task, signal, (_send, open) => open());
}

/** A query is tried on fresh data, as it is graded; what other tasks change stays for the next run. */
export function runSqlOn(key: string, task: SqlTask, code: string, signal?: AbortSignal): Promise<SqlAnswer> {
  return onData(key, task, signal, async (send, open, isOpen) => {
    if (!isOpen || task.kind === "query") await open();
    return send({ type: "run", key, task, code });
  });
}

export function testSqlOn(
  key: string,
  task: SqlTask,
  code: string,
  number: number,
  signal?: AbortSignal,
): Promise<TestReport> {
  return onData(key, task, signal, async (send, open, isOpen) => {
    if (!isOpen) await open();
    return send({ type: "test", key, task, code, number });
  });
}

/** One turn: a worker that another exercise's end replaces meanwhile does not leave this one without its data. */
async function onData<Answer>(
  key: string,
  task: SqlTask,
  signal: AbortSignal | undefined,
  work: (send: Send, open: () => Promise<SqlAnswer>, isOpen: boolean) => Promise<Answer>,
): Promise<Answer> {
  const { sql } = runtimes;
  const text = await unlessAborted(signal, fetchStatements(task.dataset));
  return sql.take(signal, (send) => {
    sql.wake();
    const { generation } = sql;
    const open = async () => {
      const answer = await send<SqlAnswer>({ type: "open", key, task, statements: text });
      opened.set(key, generation);
      return answer;
    };
    return work(send, open, opened.get(key) === generation);
  });
}

/** The data may be on its way for another exercise too: it goes on, only this one does not wait. */
function unlessAborted<T>(signal: AbortSignal | undefined, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const quit = () => reject(new RuntimeEnded("withdrawn"));
    if (signal?.aborted) quit();
    signal?.addEventListener("abort", quit, { once: true });
    work.then(resolve, reject).finally(() => signal?.removeEventListener("abort", quit));
  });
}

function fetchStatements(dataset: string): Promise<string> {
  const known = statements.get(dataset);
  if (known) return known;
  const asked = fetch(`/learn/datasets/${dataset}`).then((response) => {
    if (!response.ok) throw new RuntimeEnded("broken");
    return response.text();
  });
  asked.catch(() => statements.delete(dataset));
  statements.set(dataset, asked);
  return asked;
}
