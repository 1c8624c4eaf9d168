import { expect, test } from "vitest";
import { alertOf, disputeStateOf, effectOfDisputes, isOvertaken } from "@/lib/disputes/dispute-state";

test.each([
  ["warning_needs_response", "inquiry"],
  ["warning_under_review", "inquiry"],
  ["warning_closed", "kept"],
  ["needs_response", "open"],
  ["under_review", "open"],
  ["appeal_under_review", "open"],
  ["won", "kept"],
  ["prevented", "kept"],
  ["lost", "lost"],
  ["a_word_of_the_future", "open"],
  ["toString", "open"],
] as const)("%s is %s", (status, state) => {
  expect(disputeStateOf(status)).toBe(state);
});

test("a verdict stands against what was read before it; an appeal opens it again", () => {
  expect(isOvertaken("won", "needs_response")).toBe(true);
  expect(isOvertaken("lost", "under_review")).toBe(true);
  expect(isOvertaken("lost", "appeal_needs_response")).toBe(false);
  expect(isOvertaken("lost", "won")).toBe(false);
  expect(isOvertaken("needs_response", "won")).toBe(false);
});

test("one lost dispute ends access, one open suspends it, an inquiry and a won one leave it", () => {
  expect(effectOfDisputes(["kept", "open", "lost"])).toBe("ends");
  expect(effectOfDisputes(["kept", "open", "inquiry"])).toBe("suspends");
  expect(effectOfDisputes(["inquiry", "kept"])).toBe("none");
  expect(effectOfDisputes([])).toBe("none");
});

test("each piece of news is an alert of its own, so that none stays silent because an earlier one was cleared", () => {
  const told = ["warning_needs_response", "needs_response", "lost", "appeal_needs_response", "lost"];
  const kinds = told.map((status, index) => alertOf(status, told[index - 1] ?? null));
  expect(kinds).toEqual([
    "dispute_inquiry",
    "dispute",
    "dispute_lost",
    "dispute_appeal",
    "dispute_appeal_lost",
  ]);
  expect(alertOf("needs_response", "needs_response")).toBe(alertOf("under_review", "needs_response"));
  expect(alertOf("won", "needs_response")).toBeNull();
});
