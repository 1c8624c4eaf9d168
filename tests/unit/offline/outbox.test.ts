import { afterEach, describe, expect, test, vi } from "vitest";
import { deliveryOf } from "@/components/exercises/delivery-of";
import { type Parcel, sendInTurn, submitAttempt } from "@/components/offline/outbox";
import { post, type Sent } from "@/components/offline/post";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** Parcels with these answers, sent in turn: what became of them, and which were sent and dropped. */
async function sendAll(answers: Readonly<Record<string, Sent>>) {
  const [sent, dropped]: [string[], string[]] = [[], []];
  const parcels = Object.entries(answers).map(
    ([name, answer]): Parcel => ({
      name,
      send: async () => {
        sent.push(name);
        return answer;
      },
      drop: () => dropped.push(name),
    }),
  );
  const outcomes = Object.fromEntries(await sendInTurn(parcels));
  return { outcomes, sent, dropped };
}

const saved: Sent = { delivery: "saved", isReached: true };

describe("what waits in the browser", () => {
  test("is not held up by one that the shop cannot take now", async () => {
    const answers = { broken: { delivery: "waiting", isReached: true }, mark: saved, note: saved } as const;
    expect(await sendAll(answers)).toEqual({
      outcomes: { broken: "waiting", mark: "saved", note: "saved" },
      sent: ["broken", "mark", "note"],
      dropped: ["mark", "note"],
    });
  });

  test.each([
    { delivery: "waiting", isReached: false },
    { delivery: "signed_out", isReached: true },
  ] as const)("waits altogether without a network or an account: $delivery", async (answer) => {
    expect(await sendAll({ first: saved, second: answer, third: saved })).toEqual({
      outcomes: { first: "saved", second: answer.delivery, third: answer.delivery },
      sent: ["first", "second"],
      dropped: ["first"],
    });
  });

  test("is dropped when it would be refused again", async () => {
    const answers = { refused: { delivery: "refused", isReached: true }, mark: saved } as const;
    expect((await sendAll(answers)).dropped).toEqual(["refused", "mark"]);
  });
});

test.each([
  [200, "saved"],
  [400, "invalid"],
  [401, "signed_out"],
  [403, "refused"],
  [404, "waiting"],
  [429, "waiting"],
  [500, "waiting"],
])("an answer %i means %s", async (status, delivery) => {
  vi.stubGlobal("fetch", async () => Response.json({}, { status }));
  expect(await post("account", "/api/x", {})).toMatchObject({ delivery, isReached: true });
});

test("no answer means waiting, and that the shop was not reached", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network")));
  expect(await post("account", "/api/x", {})).toMatchObject({ delivery: "waiting", isReached: false });
});

test.each([
  ["passed here and not in the shop", 2, { code: "saved", passed: false }, "outdated"],
  ["passed in both", 2, { code: "saved", passed: true }, "saved"],
  ["failed in both", 1, { code: "saved", passed: false }, "saved"],
  ["sent to a shop that says no more yet", 2, { code: "saved" }, "saved"],
])("a result that %s", async (_what, testsPassed, answer, delivery) => {
  vi.stubGlobal("fetch", async () => Response.json(answer));
  const graded = { code: "pass", testsPassed, testsTotal: 2, solutionShown: false, gradedAt: 0 };
  const attempt = { id: "1", course: "python-from-zero", exercise: "change-due", ...graded };
  expect(await submitAttempt("account", attempt)).toBe(delivery);
});

/** A request that ends only when it is given up, as on a network that is there and carries nothing. */
const hang = (_address: string, { signal }: RequestInit) =>
  new Promise<Response>((_, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason));
  });

test("a request that hangs is given up after ten seconds, and the shop was not reached", async () => {
  const limit = new AbortController();
  const asked = vi.spyOn(AbortSignal, "timeout").mockReturnValue(limit.signal);
  vi.stubGlobal("fetch", hang);
  const posted = post("account", "/api/x", {});
  limit.abort();
  expect(await posted).toMatchObject({ delivery: "waiting", isReached: false });
  expect(asked).toHaveBeenCalledExactlyOnceWith(10_000);
});

test("results are saved when all are, and wait while one waits", () => {
  expect(deliveryOf(["saved", "saved"])).toBe("saved");
  expect(deliveryOf(["refused", "saved"])).toBe("refused");
  expect(deliveryOf(["saved", "invalid"])).toBe("invalid");
  expect(deliveryOf(["refused", "waiting"])).toBe("waiting");
  expect(deliveryOf(["signed_out"])).toBe("signed_out");
  expect(deliveryOf(["outdated", "waiting"])).toBe("waiting");
  expect(deliveryOf(["saved", "outdated"])).toBe("outdated");
  expect(deliveryOf(["outdated", "saved"])).toBe("saved");
});
