import { copyFileSync, statSync, truncateSync } from "node:fs";
import type { Part, Running } from "./parts";
import type { Run } from "./run-file";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** A part that lived this long starts again without a pause. */
const STEADY_MS = 60_000;
const LOG_LIMIT_BYTES = 20 * 1024 ** 2;

type Supervised = { readonly part: Part; running: Running | null };

/** Starts parts in the order given, starts again what ends unexpectedly, and ends all in the opposite order. */
export class Supervisor {
  readonly #parts: Supervised[] = [];
  readonly #run: Run;
  readonly #logWatch: NodeJS.Timeout;
  #stopping: Promise<void> | null = null;

  constructor(run: Run) {
    this.#run = run;
    this.#logWatch = setInterval(() => this.#cutLogs(), 60_000).unref();
  }

  /** Starts the part and keeps it running from now on. Rejects when the first start fails. */
  async add(part: Part): Promise<void> {
    cutLog(part.logFile);
    const supervised: Supervised = { part, running: null };
    this.#parts.push(supervised);
    await this.#launch(supervised);
    void this.#keepRunning(supervised);
  }

  /** Ends every part, the last one added first. Further calls wait for the same end. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  async #stopAll(): Promise<void> {
    clearInterval(this.#logWatch);
    for (const { running } of this.#parts.toReversed()) await running?.stop();
    this.#run.release();
  }

  async #launch(supervised: Supervised): Promise<void> {
    const running = await supervised.part.launch();
    supervised.running = running;
    if (running.pid !== null) this.#run.note(running.pid);
    if (this.#stopping) await running.stop();
  }

  async #keepRunning(supervised: Supervised): Promise<void> {
    const { part } = supervised;
    let pause = FIRST_PAUSE_MS;
    let launched = Date.now();
    while (supervised.running) {
      const how = await supervised.running.ended;
      supervised.running = null;
      if (this.#stopping) return;
      announce(`The ${part.name} ${how}. Starting it again. (${part.logFile})`);
      if (Date.now() - launched > STEADY_MS) pause = FIRST_PAUSE_MS;
      while (!supervised.running && !this.#stopping) {
        await new Promise((resolve) => setTimeout(resolve, pause));
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
        if (this.#stopping) return;
        launched = Date.now();
        await this.#launch(supervised).then(
          () => announce(`The ${part.name} is back.`),
          (error: unknown) => announce(error instanceof Error ? error.message : String(error)),
        );
      }
    }
  }

  #cutLogs(): void {
    for (const { part } of this.#parts) cutLog(part.logFile);
  }
}

/** The parts append to their logs, so a log can be copied away and emptied under them. One former log is kept. */
function cutLog(path: string): void {
  try {
    if (statSync(path).size < LOG_LIMIT_BYTES) return;
    copyFileSync(path, `${path}.1`);
    truncateSync(path);
  } catch {
    // No log yet, or no space left: neither may stop the shop.
  }
}

function announce(text: string): void {
  process.stdout.write(`${new Date().toISOString()}  ${text}\n`);
}
