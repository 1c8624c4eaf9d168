import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keepCount } from "@/lib/analytics/keep-count";

const MINUTE = 60_000;
let counted = 0;
const count = async () => {
  counted += 1;
  return counted;
};
const isLarge = () => true;
const keep = (key: string, how: () => Promise<number>, keeps: () => boolean) =>
  keepCount(key, 10, how, keeps);
/** Whatever is counted in the background has been. */
const settled = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  counted = 0;
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

test("what was counted quickly is never kept", async () => {
  expect(await keep("small", count, () => false)).toBe(1);
  expect(await keep("small", count, () => false)).toBe(2);
});

test("many who ask at once wait for the same count, and whoever asks within ten minutes is answered by it", async () => {
  const asked = await Promise.all([1, 2, 3].map(() => keep("many", count, isLarge)));
  expect(asked).toEqual([1, 1, 1]);
  vi.advanceTimersByTime(9 * MINUTE);
  expect(await keep("many", count, isLarge)).toBe(1);
  expect(await keep("another", count, isLarge)).toBe(2);
});

test("after that the old answer is given once more while it is counted anew; after an hour nobody is given it", async () => {
  await keep("old", count, isLarge);
  vi.advanceTimersByTime(11 * MINUTE);
  expect(await keep("old", count, isLarge)).toBe(1);
  await settled();
  expect(await keep("old", count, isLarge)).toBe(2);
  vi.advanceTimersByTime(61 * MINUTE);
  expect(await keep("old", count, isLarge)).toBe(3);
});

test("a count that fails is an error for who has nothing older, and is tried again", async () => {
  const fail = () => Promise.reject(new Error("no database"));
  await expect(keep("failing", fail, isLarge)).rejects.toThrow("no database");
  expect(await keep("failing", count, isLarge)).toBe(1);
  vi.advanceTimersByTime(11 * MINUTE);
  expect(await keep("failing", fail, isLarge)).toBe(1);
  await settled();
  expect(await keep("failing", count, isLarge)).toBe(1);
  await settled();
  expect(await keep("failing", count, isLarge)).toBe(2);
});
