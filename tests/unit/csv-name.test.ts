import { expect, test } from "vitest";
import { csvName } from "@/lib/csv";

test("a file says by its name which days it holds", () => {
  expect(csvName("orders", { from: "2026-11-01", to: "2026-11-30" })).toBe(
    "orders-2026-11-01-to-2026-11-30.csv",
  );
  expect(csvName("orders", { from: "2026-11-01" })).toBe("orders-from-2026-11-01.csv");
  expect(csvName("orders", { to: "2026-11-30" })).toBe("orders-to-2026-11-30.csv");
  expect(csvName("orders", {})).toBe("orders.csv");
});
