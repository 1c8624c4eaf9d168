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
  await keepCopy(lesson, [picture, download]);
  expect(await browser.read(PERSONAL_CACHE, lesson)).toBe("bought");
  expect(await browser.read(PERSONAL_CACHE, `${lesson}/exercises`)).toBe('{"saves":true}');
  expect(await browser.read(PERSONAL_CACHE, download)).toBe("1,2");
  expect(browser.asked.toSorted()).toEqual([download, lesson, `${lesson}/exercises`].toSorted());
});

test("asking for a copy says that nobody opened the lesson", async () => {
  stubCaches({});
  const asked = vi.fn(async (_address: string, _options: RequestInit) => new Response("text"));
  vi.stubGlobal("fetch", asked);
  await keepCopy(lesson, []);
  for (const [, { headers }] of asked.mock.calls) expect(new Headers(headers).has(COPY_HEADER)).toBe(true);
});
