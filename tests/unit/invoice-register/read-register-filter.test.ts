import { describe, expect, test } from "vitest";
import { isSummed, readRegisterFilter, registerQuery } from "@/lib/invoice-register/read-register-filter";
import { taxPeriods } from "@/lib/invoice-register/tax-periods";

describe("the filter of the documents", () => {
  test("takes days, a kind and a search, and writes the same address again", () => {
    const sent = { q: " CN-2026-0001 ", kind: "correction", from: "2026-11-01", to: "2026-11-30" };
    const { filter, problems } = readRegisterFilter(sent);
    expect(filter).toEqual({ ...sent, q: "CN-2026-0001" });
    expect(problems).toEqual({});
    expect(registerQuery(filter)).toBe("?q=CN-2026-0001&kind=correction&from=2026-11-01&to=2026-11-30");
  });

  test("leaves out what a form sends empty, and kinds that there are not", () => {
    const { filter, problems } = readRegisterFilter({ q: "", kind: "receipt", from: "", to: "" });
    expect(registerQuery(filter)).toBe("");
    expect(problems).toEqual({});
  });

  test("says at its field what is wrong with a day", () => {
    expect(readRegisterFilter({ from: "2026-02-30" }).problems.from).toMatch(/^Write a day/);
    expect(readRegisterFilter({ to: ["2026-11-01", "2026-11-02"] }).problems.to).toMatch(/^Write a day/);
    expect(readRegisterFilter({ to: "9999-12-31" }).problems.to).toMatch(/^Write a day/);
    const turned = readRegisterFilter({ from: "2026-11-02", to: "2026-11-01" }).problems;
    expect(turned).toEqual({ to: "The last day is before the first." });
  });

  test("is summed for a period of at most a year", () => {
    const asked = (from: string | undefined, to: string | undefined) => isSummed({ q: "", from, to });
    expect(asked("2028-01-01", "2028-12-31")).toBe(true);
    expect(asked("2026-01-01", "2027-01-02")).toBe(false);
    expect(asked("2026-01-01", undefined)).toBe(false);
    expect(asked(undefined, "2026-01-01")).toBe(false);
  });
});

test("months and quarters end on their last day, also over a new year", () => {
  const days = (today: string) => taxPeriods(today).map(({ from, to }) => `${from} ${to}`);
  expect(days("2026-11-28")).toEqual([
    "2026-11-01 2026-11-30",
    "2026-10-01 2026-10-31",
    "2026-10-01 2026-12-31",
    "2026-07-01 2026-09-30",
  ]);
  expect(days("2028-01-31")).toEqual([
    "2028-01-01 2028-01-31",
    "2027-12-01 2027-12-31",
    "2028-01-01 2028-03-31",
    "2027-10-01 2027-12-31",
  ]);
  expect(days("2028-03-01")[1]).toBe("2028-02-01 2028-02-29");
});
