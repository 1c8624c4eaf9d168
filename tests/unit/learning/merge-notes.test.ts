import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mergeNotes } from "@/lib/notes/merge-notes";

const word = fc.stringMatching(/^[a-d]{0,3}$/);
const text = fc.array(word, { maxLength: 8 }).map((lines) => lines.join("\n"));

describe("mergeNotes", () => {
  test("keeps every line that either side wrote", () => {
    fc.assert(
      fc.property(text, text, text, (base, mine, theirs) => {
        const merged = mergeNotes(base, mine, theirs).split("\n");
        const old = new Set(base.split("\n"));
        for (const line of [...mine.split("\n"), ...theirs.split("\n")])
          if (!old.has(line)) expect(merged).toContain(line);
      }),
    );
  });

  test("is one side's text when the other changed nothing, and never doubles what both wrote", () => {
    fc.assert(
      fc.property(text, text, (base, edited) => {
        expect(mergeNotes(base, edited, base)).toBe(edited);
        expect(mergeNotes(base, base, edited)).toBe(edited);
        expect(mergeNotes(base, edited, edited)).toBe(edited);
      }),
    );
  });

  test("puts changes of different places together, and both versions of one place after each other", () => {
    expect(mergeNotes("a\nb\nc", "A\nb\nc", "a\nb\nC")).toBe("A\nb\nC");
    expect(mergeNotes("a\nb\nc", "a\nb\nC", "A\nb\nc")).toBe("A\nb\nC");
    expect(mergeNotes("a", "a\nmine", "a\ntheirs")).toBe("a\ntheirs\nmine");
    expect(mergeNotes("a\nb", "a\nmine", "a\ntheirs")).toBe("a\ntheirs\nmine");
    expect(mergeNotes("", "mine", "theirs")).toBe("theirs\nmine");
  });
});
