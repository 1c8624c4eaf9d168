import fc from "fast-check";
import { expect, test } from "vitest";
import { emailRetryDelay } from "@/lib/notifications/retry-email";

const day = 24 * 3_600_000;

test("waits grow from five seconds to an hour and keep to the API's wish", () => {
  expect(emailRetryDelay(1, 0)).toBe(5_000);
  expect(emailRetryDelay(2, 0)).toBe(10_000);
  expect(emailRetryDelay(50, 0)).toBe(3_600_000);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000 }),
      fc.nat(day - 1),
      fc.nat(3_600_000),
      (attempts, age, wish) => {
        const delay = emailRetryDelay(attempts, age, wish) ?? Number.NaN;
        expect(delay).toBeGreaterThanOrEqual(Math.max(5_000, wish));
        expect(emailRetryDelay(attempts + 1, age, wish)).toBeGreaterThanOrEqual(delay);
      },
    ),
  );
});

test("gives up after a day, but never before the fifth attempt", () => {
  expect(emailRetryDelay(5, day)).toBeNull();
  expect(emailRetryDelay(4, 30 * day)).not.toBeNull();
  expect(emailRetryDelay(500, day - 1)).not.toBeNull();
});
