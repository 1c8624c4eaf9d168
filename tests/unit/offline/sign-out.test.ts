import { afterEach, expect, test, vi } from "vitest";
import { PERSONAL_CACHE } from "@/components/offline/caches";
import { signOut } from "@/components/offline/sign-out";
import { stubCaches, stubStorage } from "./fake-browser";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const draft = { code: "print(1)", editedAt: 1, base: 0, dirty: true, aside: null, drops: null };
const guest = { "lectern:draft:guest:course/task": JSON.stringify(draft), theme: "dark" };
const work = {
  "lectern:account": "me",
  "lectern:attempt:me:1": JSON.stringify({ id: "1", gradedAt: 1 }),
  "lectern:mark:me:course/lesson": JSON.stringify({ course: "course", lesson: "lesson", markedAt: 1 }),
  "lectern:draft:me:course/task": JSON.stringify(draft),
  "lectern:draft:me:course/saved": JSON.stringify({ ...draft, dirty: false }),
};

/** A browser with unsent work and a kept lesson; `answer` is the shop, asked by address. */
function stubBrowser(answer: (address: string, options: RequestInit) => Promise<Response>) {
  const browser = stubCaches({});
  browser.keep(PERSONAL_CACHE, "/learn/course/lesson", "mine");
  const asked = vi.fn(answer);
  vi.stubGlobal("fetch", asked);
  return { ...browser, kept: stubStorage({ ...guest, ...work }), asked };
}

test("signing out sends what waits, then ends the session, then keeps nothing", async () => {
  const { kept, asked, list } = stubBrowser(async () => Response.json({ ...draft, version: 1, other: null }));
  const hasEnded = await signOut("me", async () => {
    expect(asked.mock.calls.map(([address]) => address)).toEqual([
      "/api/exercises/attempts",
      "/api/learning/marks",
      "/api/exercises/drafts",
    ]);
    expect(list(PERSONAL_CACHE)).toHaveLength(1);
    return true;
  });
  expect(hasEnded).toBe(true);
  expect(kept).toEqual({ ...guest, "lectern:account": "" });
  expect(list(PERSONAL_CACHE)).toEqual([]);
});

test("a session that could not be ended costs no work", async () => {
  const { kept, list } = stubBrowser(() => Promise.reject(new TypeError("no network")));
  expect(await signOut("me", async () => false)).toBe(false);
  expect(kept).toEqual({ ...guest, ...work });
  expect(list(PERSONAL_CACHE)).toHaveLength(1);
});

test("signing out waits three seconds for a shop that does not answer, and then keeps nothing", async () => {
  const limit = new AbortController();
  const timeout = vi.spyOn(AbortSignal, "timeout").mockReturnValue(limit.signal);
  const { kept, asked } = stubBrowser(
    (_, { signal }) =>
      new Promise((_, reject) => {
        const giveUp = () => reject(signal?.reason);
        if (signal?.aborted) giveUp();
        signal?.addEventListener("abort", giveUp);
      }),
  );
  const end = vi.fn(async () => true);
  const signedOut = signOut("me", end);
  await vi.waitFor(() => expect(asked).toHaveBeenCalled());
  expect(end).not.toHaveBeenCalled();
  limit.abort();
  expect(await signedOut).toBe(true);
  expect(timeout).toHaveBeenCalledWith(3_000);
  expect(kept).toEqual({ ...guest, "lectern:account": "" });
});
