import { describe, expect, test } from "vitest";
import { isUnsent, settleNote } from "@/lib/notes/settle-note";

const page = { body: "one\ntwo", revision: 3 };

describe("settleNote", () => {
  test("takes the page's text in a browser that kept nothing, or only what the account has", () => {
    const asSent = { text: page.body, base: page.body, revision: 3 };
    expect(settleNote(null, page)).toEqual(asSent);
    expect(settleNote({ text: "one", base: "one", revision: 2 }, page)).toEqual(asSent);
    expect(isUnsent(asSent)).toBe(false);
  });

  test("prefers what the account got since an old copy of the page was made", () => {
    const kept = { text: "one\ntwo\nthree", base: "one\ntwo\nthree", revision: 4 };
    expect(settleNote(kept, page)).toBe(kept);
  });

  test("keeps what was never sent, over the revision it was typed on", () => {
    const kept = { text: "one\ntwo, of this browser", base: "one\ntwo", revision: 3 };
    expect(settleNote(kept, page)).toBe(kept);
    expect(isUnsent(kept)).toBe(true);
  });

  test("adds what was never sent to what another device wrote since", () => {
    const kept = { text: "one\nmine", base: "one", revision: 2 };
    const settled = settleNote(kept, page);
    expect(settled).toEqual({ text: "one\ntwo\nmine", base: page.body, revision: 3 });
    expect(isUnsent(settled)).toBe(true);
  });
});
