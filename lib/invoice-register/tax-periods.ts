export type TaxPeriod = { readonly name: string; readonly from: string; readonly to: string };

/** The months and quarters that a tax return is made for, as of `today` (`2026-11-28`). */
export function taxPeriods(today: string): TaxPeriod[] {
  const [year = 0, month = 0] = today.split("-").map(Number);
  const quarter = month - ((month - 1) % 3);
  return [
    { name: "This month", ...monthsFrom(year, month, 1) },
    { name: "Last month", ...monthsFrom(year, month - 1, 1) },
    { name: "This quarter", ...monthsFrom(year, quarter, 3) },
    { name: "Last quarter", ...monthsFrom(year, quarter - 3, 3) },
  ];
}

/** `month` counts from 1, and may lie in the year before. */
function monthsFrom(year: number, month: number, count: number) {
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  return { from: day(Date.UTC(year, month - 1, 1)), to: day(Date.UTC(year, month - 1 + count, 0)) };
}
