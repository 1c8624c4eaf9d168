/**
 * The sandbox's own clock. Tests shift it to let sessions expire and retries fall due; frozen, it moves
 * only when told. Webhook signatures use the real clock, since the receiver compares them with its own.
 */
export class Clock {
  #offset = 0;
  #frozenAt: number | null = null;

  constructor(start?: Date) {
    if (start) this.set(start);
  }

  /** Milliseconds since the epoch. */
  now(): number {
    return this.#frozenAt ?? Date.now() + this.#offset;
  }

  /** Whole seconds since the epoch, as Stripe writes time. */
  seconds(): number {
    return Math.floor(this.now() / 1000);
  }

  get frozen(): boolean {
    return this.#frozenAt !== null;
  }

  get offset(): number {
    return this.now() - Date.now();
  }

  advance(milliseconds: number): void {
    if (this.#frozenAt === null) this.#offset += milliseconds;
    else this.#frozenAt += milliseconds;
  }

  set(to: Date): void {
    if (this.#frozenAt === null) this.#offset = to.getTime() - Date.now();
    else this.#frozenAt = to.getTime();
  }

  freeze(): void {
    this.#frozenAt = this.now();
  }

  resume(): void {
    if (this.#frozenAt === null) return;
    this.#offset = this.#frozenAt - Date.now();
    this.#frozenAt = null;
  }

  /** Back to the real time. */
  reset(): void {
    this.#offset = 0;
    this.#frozenAt = null;
  }
}
