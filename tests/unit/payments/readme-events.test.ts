import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { handlers } from "@/lib/payments/webhook";

test("the README tells to send exactly the events that the shop handles", () => {
  const step = readFileSync("README.md", "utf8")
    .split("\n")
    .find((line) => line.startsWith("3. Let it send "));
  const told = [...(step ?? "").matchAll(/`([a-z_.]+)`/g)].map((match) => match[1]);
  expect(told.toSorted()).toEqual(Object.keys(handlers).toSorted());
});
