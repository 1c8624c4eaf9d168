import type { Clock } from "./clock";
import type { Ids } from "./ids";
import type { JobRow } from "./rows";
import type { Store } from "./store";

/** setTimeout fires at once beyond this (2^31 ms). */
const LONGEST_WAIT_MS = 2_000_000_000;

export type JobHandler = (job: JobRow) => void;

/** Things that happen later by the sandbox's clock: expiries, settlements, late failures. They survive a restart. */
export class Jobs {
  #timer: NodeJS.Timeout | null = null;
  #nextAt = Number.POSITIVE_INFINITY;
  #handle: JobHandler = () => {};
  #closed = false;

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  start(handle: JobHandler): void {
    this.#handle = handle;
    this.reschedule();
  }

  /** Within a transaction. */
  add(kind: JobRow["kind"], subject: string, delaySeconds: number): void {
    const run_at = this.clock.now() + delaySeconds * 1000;
    this.store.jobs.put({ id: this.ids.make("job"), kind, subject, run_at });
    if (run_at < this.#nextAt) this.#arm(run_at);
  }

  /** Within a transaction. */
  cancel(kind: JobRow["kind"], subject: string): void {
    for (const job of this.store.jobs.where("subject", subject)) {
      if (job.kind === kind) this.store.jobs.remove(job.id);
    }
  }

  /** Runs what is due; called before every answer, so that nobody sees a session past its time as open. */
  runDue(): void {
    if (this.#closed || this.clock.now() < this.#nextAt) return;
    const now = this.clock.now();
    const due = [...this.store.jobs.oldestFirst()].filter((job) => job.run_at <= now);
    for (const job of due.sort((a, b) => a.run_at - b.run_at)) {
      this.store.transaction(() => {
        if (this.store.jobs.get(job.id) === undefined) return;
        this.store.jobs.remove(job.id);
        this.#handle(job);
      });
    }
    this.reschedule();
  }

  /** Looks the next job up again, after the clock was shifted or rows were loaded. */
  reschedule(): void {
    let next = Number.POSITIVE_INFINITY;
    for (const job of this.store.jobs.oldestFirst()) next = Math.min(next, job.run_at);
    this.#arm(next);
  }

  close(): void {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  #arm(at: number): void {
    this.#nextAt = at;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#closed || at === Number.POSITIVE_INFINITY || this.clock.frozen) return;
    const wait = Math.min(Math.max(at - this.clock.now(), 0), LONGEST_WAIT_MS);
    this.#timer = setTimeout(() => {
      this.runDue();
      if (this.clock.now() < this.#nextAt) this.#arm(this.#nextAt);
    }, wait);
    this.#timer.unref();
  }
}
