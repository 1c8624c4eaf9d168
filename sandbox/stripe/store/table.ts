export interface Row {
  readonly id: string;
}

/** Called with a row's value before and after every change (null: it did not exist, or is gone). */
export type OnChange = (table: string, id: string, before: Row | null, after: Row | null) => void;

/** What the store needs of every table, whatever its rows are. */
export interface AnyTable {
  readonly size: number;
  restore(id: string, row: unknown): void;
  remove(id: string): void;
  oldestFirst(): IterableIterator<Row>;
}

/** Rows by id in the order they were made, with look-ups by the fields named in `indexed`. Rows are never mutated. */
export class Table<R extends Row> implements AnyTable {
  readonly #rows = new Map<string, R>();
  readonly #indexes = new Map<keyof R & string, Map<unknown, Set<string>>>();

  constructor(
    readonly name: string,
    private readonly onChange: OnChange,
    indexed: readonly (keyof R & string)[] = [],
  ) {
    for (const field of indexed) this.#indexes.set(field, new Map());
  }

  get size(): number {
    return this.#rows.size;
  }

  get(id: string): R | undefined {
    return this.#rows.get(id);
  }

  put(row: R): R {
    this.onChange(this.name, row.id, this.#rows.get(row.id) ?? null, row);
    this.restore(row.id, row);
    return row;
  }

  /** The row with some fields replaced. Throws when it does not exist: callers look first. */
  update(id: string, patch: Partial<R>): R {
    const row = this.#rows.get(id);
    if (row === undefined) throw new Error(`${this.name} has no ${id}`);
    return this.put({ ...row, ...patch });
  }

  remove(id: string): void {
    const row = this.#rows.get(id);
    if (row === undefined) return;
    this.onChange(this.name, id, row, null);
    this.restore(id, null);
  }

  /** Sets what this table once held, without reporting it: for loading and undoing. null: there was none. */
  restore(id: string, held: unknown): void {
    const row = held as R | null;
    const before = this.#rows.get(id);
    if (before) this.#unindex(before);
    if (row === null) {
      this.#rows.delete(id);
      return;
    }
    this.#rows.set(id, row);
    for (const [field, index] of this.#indexes) {
      const value = row[field];
      const ids = index.get(value) ?? new Set();
      index.set(value, ids.add(id));
    }
  }

  oldestFirst(): IterableIterator<R> {
    return this.#rows.values();
  }

  newestFirst(): R[] {
    return [...this.#rows.values()].reverse();
  }

  /** Oldest first. */
  where<F extends keyof R & string>(field: F, value: R[F]): R[] {
    const index = this.#indexes.get(field);
    if (index === undefined) return [...this.#rows.values()].filter((row) => row[field] === value);
    return [...(index.get(value) ?? [])].flatMap((id) => this.#rows.get(id) ?? []);
  }

  #unindex(row: R): void {
    for (const [field, index] of this.#indexes) {
      const value = row[field];
      const ids = index.get(value);
      ids?.delete(row.id);
      if (ids?.size === 0) index.delete(value);
    }
  }
}
