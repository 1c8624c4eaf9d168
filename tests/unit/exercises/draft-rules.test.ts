import { describe, expect, test } from "vitest";
import {
  asideOf,
  dismissAside,
  firstDraft,
  hearDraft,
  restoreDraft,
  settleDraft,
  writeOver,
} from "@/components/exercises/draft-rules";
import type { LocalDraft } from "@/components/offline/local-store";

const draft = (code: string, parts: Partial<LocalDraft> = {}): LocalDraft => ({
  code,
  editedAt: 100,
  base: 5,
  dirty: false,
  aside: null,
  drops: null,
  ...parts,
});
const answer = (code: string, version: number, other: string | null = null) => ({
  code,
  version,
  editedAt: 100,
  other: other === null ? null : { code: other, editedAt: 50 },
});

describe("an editor begins with", () => {
  test("what the account has not got", () => {
    const local = draft("typed", { dirty: true, base: 1 });
    expect(firstDraft(local, answer("stored", 9), "starter")).toBe(local);
  });
  test("a clean draft that is newer than the lesson's copy of the last visit", () => {
    expect(firstDraft(draft("new", { base: 6 }), answer("old", 5), "starter").code).toBe("new");
  });
  test("the account's text when another device went on", () => {
    expect(firstDraft(draft("old"), answer("new", 6), "starter")).toMatchObject({ code: "new", base: 6 });
  });
  test("the starter when there is nothing", () => {
    expect(firstDraft(null, null, "starter")).toMatchObject({ code: "starter", base: 0, dirty: false });
  });
});

describe("two tabs used in turn", () => {
  test("agree on the version: what the first one saved is no conflict for the second", () => {
    const typed = draft("ab", { dirty: true });
    const second = hearDraft(draft("a"), typed, true);
    expect(second).toEqual(typed);
    const saved = settleDraft(typed, typed, answer("ab", 6));
    expect(hearDraft(typed, saved, true)).toMatchObject({ code: "ab", base: 6, dirty: false });
  });
  test("do not go back to an earlier version of the same text", () => {
    expect(hearDraft(draft("ab", { base: 6 }), draft("ab", { dirty: true }), true)).toBeNull();
  });
  test("keep a text that is unsent, and the guest's one is set aside", () => {
    const mine = draft("mine", { dirty: true });
    expect(hearDraft(mine, draft("theirs"), true)).toBeNull();
    expect(hearDraft(mine, draft("theirs"), false)).toMatchObject({
      code: "theirs",
      aside: { code: "mine" },
    });
  });
});

describe("two tabs without a network", () => {
  test("lose no text: what one writes over is set aside", () => {
    const theirs = draft("theirs", { dirty: true, editedAt: 90 });
    const kept = writeOver(theirs, draft("mine", { dirty: true }), draft("mine!", { dirty: true }));
    expect(kept).toMatchObject({ code: "mine!", aside: { code: "theirs", editedAt: 90 } });
    expect(asideOf(kept, null)).toEqual({ code: "theirs", editedAt: 90 });
  });
  test("set nothing aside that is this tab's, or that the account has", () => {
    const mine = draft("mine", { dirty: true });
    expect(writeOver(mine, mine, draft("mine!")).aside).toBeNull();
    expect(writeOver(draft("theirs"), mine, draft("mine!")).aside).toBeNull();
  });
  test("forget it once the account has settled it", () => {
    const mine = draft("mine", { dirty: true, aside: { code: "theirs", editedAt: 90 } });
    expect(settleDraft(mine, mine, answer("mine", 7, "theirs")).aside).toBeNull();
    expect(settleDraft(mine, mine, answer("mine", 7)).aside).toEqual({ code: "theirs", editedAt: 90 });
  });
});

describe("an answer to a draft", () => {
  const sent = draft("a", { dirty: true });
  test("is the base of what was typed meanwhile", () => {
    const now = draft("ab", { dirty: true });
    expect(settleDraft(now, sent, answer("a", 6))).toEqual({ ...now, base: 6 });
  });
  test("leaves the base alone when another text won, or when a text was restored meanwhile", () => {
    const now = draft("ab", { dirty: true });
    expect(settleDraft(now, sent, answer("newer", 6, "a"))).toEqual(now);
    const restored = draft("other", { dirty: true, base: 4 });
    expect(settleDraft(restored, sent, answer("a", 6))).toEqual(restored);
  });
  test("brings the text that won", () => {
    expect(settleDraft(sent, sent, answer("newer", 6, "a"))).toEqual(draft("newer", { base: 6 }));
  });
});

describe("a text set aside", () => {
  const other = { code: "other", editedAt: 50 };
  test("is not offered again once it is dismissed, and the account is told", () => {
    const next = dismissAside(draft("mine"), other);
    expect(next).toMatchObject({ code: "mine", dirty: true, drops: 50 });
    expect(asideOf(next, other)).toBeNull();
    expect(asideOf(next, { code: "another", editedAt: 60 })).toEqual({ code: "another", editedAt: 60 });
    expect(settleDraft(next, next, answer("mine", 5))).toEqual(draft("mine"));
  });
  test("that was dismissed while a draft was on its way is told next", () => {
    const sent = draft("mine", { dirty: true });
    expect(settleDraft(dismissAside(sent, other), sent, answer("mine", 6, "other"))).toMatchObject({
      dirty: true,
      drops: 50,
    });
  });
  test("changes places with the account's text when it is restored", () => {
    expect(restoreDraft(draft("mine"), other, 200)).toEqual(
      draft("other", { base: 4, dirty: true, editedAt: 200 }),
    );
  });
  test("changes places with a text that only this browser has", () => {
    const mine = draft("mine", { dirty: true });
    expect(restoreDraft(mine, other, 200).aside).toEqual({ code: "mine", editedAt: 100 });
    const both = { ...mine, aside: { code: "theirs", editedAt: 90 } };
    expect(restoreDraft(both, other, 200)).toMatchObject({
      code: "theirs",
      base: 5,
      aside: { code: "mine" },
    });
  });
});
