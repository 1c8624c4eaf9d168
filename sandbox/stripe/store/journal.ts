/** Keeps the store on disk: one file of changes, appended at every commit and rewritten when it has grown. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";

/** Table name, id, and the row's new value (null: removed). */
export type Change = readonly [table: string, id: string, row: object | null];

const REWRITE_ABOVE_BYTES = 8 * 1024 * 1024;

export class Journal {
  readonly #path: string;
  #file: number;
  #size = 0;
  #sizeAfterRewrite = 0;

  constructor(directory: string) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    this.#path = join(directory, "journal.jsonl");
    this.#file = openSync(this.#path, "a", 0o600);
  }

  /** Every change on disk, oldest first. A last line torn by a kill is cut off. */
  *read(): Generator<Change> {
    if (!existsSync(this.#path)) return;
    const text = readFileSync(this.#path, "utf8");
    const complete = text.lastIndexOf("\n") + 1;
    if (complete < text.length) truncateSync(this.#path, Buffer.byteLength(text.slice(0, complete)));
    this.#size = complete;
    this.#sizeAfterRewrite = complete;
    for (const line of text.slice(0, complete).split("\n")) {
      if (line === "") continue;
      const change: Change = JSON.parse(line);
      yield change;
    }
  }

  append(changes: readonly Change[]): void {
    const text = toLines(changes);
    writeSync(this.#file, text);
    this.#size += text.length;
  }

  get wantsRewrite(): boolean {
    return this.#size > Math.max(REWRITE_ABOVE_BYTES, 2 * this.#sizeAfterRewrite);
  }

  /** Replaces the file by what is true now; a kill in between leaves the old file. */
  rewrite(rows: Iterable<Change>): void {
    const next = `${this.#path}.next`;
    const file = openSync(next, "w", 0o600);
    let size = 0;
    for (const row of rows) {
      const text = toLines([row]);
      writeSync(file, text);
      size += text.length;
    }
    fsyncSync(file);
    closeSync(file);
    renameSync(next, this.#path);
    closeSync(this.#file);
    this.#file = openSync(this.#path, "a", 0o600);
    this.#size = size;
    this.#sizeAfterRewrite = size;
  }

  close(): void {
    closeSync(this.#file);
  }
}

function toLines(changes: readonly Change[]): string {
  return changes.map((change) => `${JSON.stringify(change)}\n`).join("");
}
