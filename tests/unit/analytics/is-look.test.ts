import { expect, test } from "vitest";
import { addFunnels, shareOf } from "@/lib/analytics/funnel";
import { lookedAt } from "@/lib/analytics/is-look";

const browser = { "user-agent": "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0" };

test.each([
  ["GET", "/courses/data-structures", browser, "data-structures"],
  ["GET", "/courses/data-structures?coupon=SPRING", browser, "data-structures"],
  ["GET", "/courses/data-structures?_rsc=1", { ...browser, rsc: "1" }, "data-structures"],
  ["HEAD", "/courses/data-structures", browser, null],
  ["POST", "/courses/data-structures", browser, null],
  ["GET", "/courses", browser, null],
  ["GET", "/courses/search?q=x", browser, null],
  ["GET", "/courses/data-structures/opengraph-image", browser, null],
  ["GET", "/courses/data-structures", { "user-agent": "Googlebot/2.1" }, null],
  ["GET", "/courses/data-structures", {}, null],
  ["GET", "/courses/data-structures", { ...browser, "sec-purpose": "prefetch" }, null],
  ["GET", "/courses/data-structures", { ...browser, "next-router-segment-prefetch": "/_tree" }, null],
])("%s %s with %j looks at %s", (method, url, headers, slug) => {
  expect(lookedAt(method, url, headers)).toBe(slug);
});

test("shares are of the step before, of nothing none, and steps add up", () => {
  expect(shareOf(1, 3)).toBe(33.3);
  expect(shareOf(3, 2)).toBe(150);
  expect(shareOf(0, 0)).toBeNull();
  const one = { viewed: 4, carted: 3, placed: 2, paid: 1 };
  expect(addFunnels([one, one])).toEqual({ viewed: 8, carted: 6, placed: 4, paid: 2 });
  expect(addFunnels([])).toEqual({ viewed: 0, carted: 0, placed: 0, paid: 0 });
});
