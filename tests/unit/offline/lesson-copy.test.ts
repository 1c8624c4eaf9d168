import { afterEach, expect, test, vi } from "vitest";
import { COPY_HEADER, PERSONAL_CACHE } from "@/components/offline/caches";
import { keepCopy } from "@/components/offline/lesson-copy";
import { stubCaches } from "./fake-browser";

afterEach(() => void vi.unstubAllGlobals());

const lesson = "/learn/course/free-lesson";
const [picture, download] = ["/learn/course/files/a.png", "/learn/course/files/b.csv"] as const;

test("a lesson's copy is as its reader sees it now: what was kept before they bought the course is replaced", async () => {
  const browser = stubCaches({
    [lesson]: "bought",
    [`${lesson}/exercises`]: '{"saves":true}',
    [download]: "1,2",
  });
  browser.keep(PERSONAL_CACHE, lesson, "preview");
  browser.keep(PERSONAL_CACHE, `${lesson}/exercises`, '{"saves":false}');
  browser.keep(PERSONAL_CACHE, picture, "picture");
  await keepCopy(lesson, [picture, download], false);
  expect(await browser.read(PERSONAL_CACHE, lesson)).toBe("bought");
  expect(await browser.read(PERSONAL_CACHE, `${lesson}/exercises`)).toBe('{"saves":true}');
  expect(await browser.read(PERSONAL_CACHE, download)).toBe("1,2");
  expect(browser.asked.toSorted()).toEqual([download, lesson, `${lesson}/exercises`].toSorted());
});

test("asking for a copy says that nobody opened the lesson", async () => {
  stubCaches({});
  const asked = vi.fn(async (_address: string, _options: RequestInit) => new Response("text"));
  vi.stubGlobal("fetch", asked);
  await keepCopy(lesson, [], false);
  for (const [, { headers }] of asked.mock.calls) expect(new Headers(headers).has(COPY_HEADER)).toBe(true);
});

test("a page that the worker has just kept is not asked for again, unless it is not there", async () => {
  const browser = stubCaches({ [lesson]: "anew", [`${lesson}/exercises`]: '{"saves":true}' });
  browser.keep(PERSONAL_CACHE, lesson, "in passing");
  await keepCopy(lesson, [], true);
  expect(await browser.read(PERSONAL_CACHE, lesson)).toBe("in passing");
  expect(browser.asked).toEqual([`${lesson}/exercises`]);

  const emptied = stubCaches({ [lesson]: "anew", [`${lesson}/exercises`]: '{"saves":true}' });
  await keepCopy(lesson, [], true);
  expect(await emptied.read(PERSONAL_CACHE, lesson)).toBe("anew");
});

const visits = [
  {
    name: "the document that came through the worker",
    opened: lesson,
    workerStart: 5,
    answers: [true, false],
  },
  { name: "a document from before the worker", opened: lesson, workerStart: 0, answers: [false, false] },
  {
    name: "a lesson that was reached from another document",
    opened: "/account",
    workerStart: 5,
    answers: [false, false],
  },
];

test.each(visits)("kept in passing, at the first visit and at the next: $name", async (visit) => {
  vi.resetModules();
  class Navigation {
    readonly name = `http://localhost:3000${visit.opened}?from=mail`;
    readonly workerStart = visit.workerStart;
  }
  vi.stubGlobal("PerformanceNavigationTiming", Navigation);
  vi.stubGlobal("performance", { getEntriesByType: () => [new Navigation()] });
  const { wasKeptInPassing } = await import("@/components/offline/lesson-copy");
  expect([wasKeptInPassing(lesson), wasKeptInPassing(lesson)]).toEqual(visit.answers);
});
