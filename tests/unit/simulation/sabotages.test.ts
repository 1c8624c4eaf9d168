import { expect, test } from "vitest";
import { requireGuards } from "@/tests/simulation/sabotage";
import { SABOTAGES } from "@/tests/simulation/sabotages";

test.each(SABOTAGES.map((sabotage) => [sabotage.name, sabotage] as const))(
  "the guard that a sabotage takes away stands in the sources: %s",
  (_, sabotage) => {
    expect(() => requireGuards(sabotage)).not.toThrow();
  },
);
