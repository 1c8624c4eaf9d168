import { expect, test } from "vitest";
import { cutTexts } from "@/lib/folders/list-texts";

test("texts are shown whole or not at all, as many as there is room for", () => {
  const text = (path: string, size: number) => ({ path, field: "body", before: "", after: "x".repeat(size) });
  const shown = cutTexts([text("a", 40), text("b", 70), text("c", 60), text("d", 1)], 100);
  expect(shown.map(({ path }) => path)).toEqual(["a", "c"]);
});
