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

/** Why a request has no answer: the clock or the learner ended it, or the language could not be loaded. */
export type Ended = "too_long" | "stopped" | "broken";

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

/**
 * One worker per language, shared by every exercise and kept while the reader goes from lesson to lesson. An endless loop
 * cannot be interrupted from outside, so stopping means ending the worker; the next one begins to load at once.
 */
class Runtime {
  private worker: Worker | null = null;
  private state: RuntimeState = { phase: "asleep" };
  private pending: Pending | null = null;
  private queue: Promise<unknown> = Promise.resolve();
  private readonly listeners = new Set<() => void>();
  /** Counts workers: what one knew (open data sets) the next one does not. */
  generation = 0;

  constructor(private readonly create: () => Worker) {}

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

  /** One request after another; each has its own clock, which begins when the language is ready. */
  ask<Answer>(
    request: PythonRequest | SqlRequest,
    onOutput: (text: string) => void = () => {},
  ): Promise<Answer> {
    const turn = this.queue.then(
      () =>
        new Promise<Answer>((resolve, reject) => {
          this.wake();
          this.pending = {
            resolve: (answer) => resolve(answer as Answer),
            reject,
            onOutput,
            timer: undefined,
          };
          this.startClock();
          this.worker?.postMessage(request);
        }),
    );
    this.queue = turn.catch(() => {});
    return turn;
  }

  /** Ends what runs. */
  stop(why: Ended = "stopped"): void {
    this.worker?.terminate();
    this.worker = null;
    const pending = this.take();
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

  private take(): Pending | null {
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
    else this.take()?.resolve(message.answer);
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
): Promise<PythonRun> {
  return runtimes.python.ask({ type: "run", task, code, lines }, onOutput);
}

export function testPython(task: PythonTask, code: string, number: number): Promise<TestReport> {
  return runtimes.python.ask({ type: "test", task, code, number });
}

/** Which worker has which exercise's data open. */
const opened = new Map<string, number>();
const statements = new Map<string, Promise<string>>();

/** The data as it was at first. `key` names the exercise. */
export async function openData(key: string, task: SqlTask): Promise<SqlAnswer> {
  const text = await fetchStatements(task.dataset);
  runtimes.sql.wake();
  const { generation } = runtimes.sql;
  const answer = await runtimes.sql.ask<SqlAnswer>({ type: "open", key, task, statements: text });
  opened.set(key, generation);
  return answer;
}

export async function runSqlOn(key: string, task: SqlTask, code: string): Promise<SqlAnswer> {
  await requireData(key, task);
  return runtimes.sql.ask({ type: "run", key, task, code });
}

export async function testSqlOn(
  key: string,
  task: SqlTask,
  code: string,
  number: number,
): Promise<TestReport> {
  await requireData(key, task);
  return runtimes.sql.ask({ type: "test", key, task, code, number });
}

async function requireData(key: string, task: SqlTask): Promise<void> {
  if (opened.get(key) !== runtimes.sql.generation) await openData(key, task);
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
