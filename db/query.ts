import { type Database, db } from "./client";
import { type Slots, slotsOf } from "./statement";

type Prepared<R> = { execute(values: Readonly<Record<string, unknown>>): Promise<R> };

/**
 * A query of drizzle's builder that is composed once for each pool, at its first use; after that only values travel. For
 * those of every page of a lesson: composing them anew took a tenth of the page's time (decision 0075). A value may be null.
 */
export function query<V extends Readonly<Record<string, unknown>>, R>(
  compose: (database: Database, slots: Slots<V>) => { prepare(name: string): Prepared<R> },
) {
  const prepared = new WeakMap<Database, Prepared<R>>();
  return (values: V): Promise<R> => {
    const database = db();
    let ready = prepared.get(database);
    if (!ready) {
      ready = compose(database, slotsOf()).prepare("composed");
      prepared.set(database, ready);
    }
    return ready.execute(values);
  };
}
