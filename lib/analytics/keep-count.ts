/** Adapter: keeps numbers in the memory of this process, where counting them takes long. */
import "server-only";

const MINUTE_MS = 60_000;
/** After its minutes a number is answered once more while it is counted anew, but not after this many times as long. */
const MOST_TIMES = 6;
const MOST_KEPT = 200;

type Kept = { readonly at: number; readonly value: unknown };

const kept = new Map<string, Kept>();
const counting = new Map<string, Promise<unknown>>();

/**
 * What `count` answers, or answered in the last `minutes` for the same key. Only answers that `isLarge` are kept: what is counted
 * quickly is always exact. Who may see it is asked before.
 */
export async function keepCount<T>(
  key: string,
  minutes: number,
  count: () => Promise<T>,
  isLarge: (value: T) => boolean,
): Promise<T> {
  const known = kept.get(key) as (Kept & { readonly value: T }) | undefined;
  const age = known ? performance.now() - known.at : Number.POSITIVE_INFINITY;
  const freshMs = minutes * MINUTE_MS;
  if (known && age < freshMs) return known.value;
  const anew = countOnce(key, count, isLarge);
  if (!known || age > MOST_TIMES * freshMs) return anew;
  // Whoever asks next tries it again.
  anew.catch(() => {});
  return known.value;
}

/** However many ask at once, it is counted once. */
function countOnce<T>(key: string, count: () => Promise<T>, isLarge: (value: T) => boolean): Promise<T> {
  const running = counting.get(key) as Promise<T> | undefined;
  if (running) return running;
  const made = count()
    .then((value) => {
      kept.delete(key);
      if (isLarge(value)) kept.set(key, { at: performance.now(), value });
      for (const oldest of kept.keys()) if (kept.size > MOST_KEPT) kept.delete(oldest);
      return value;
    })
    .finally(() => counting.delete(key));
  counting.set(key, made);
  return made;
}
