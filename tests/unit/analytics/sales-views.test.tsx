import { renderToString } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { SalesChart } from "@/components/admin/sales-chart";
import { SalesTable, SalesTiles } from "@/components/admin/sales-numbers";
import { periodOf } from "@/lib/analytics/period";
import { type DaySales, NO_SALES, pairBuckets } from "@/lib/analytics/sum-sales";

const period = periodOf("28-days", "2026-11-28");
const sold = (day: string): DaySales => ({ ...NO_SALES, day, orders: 1, grossAmount: 4900 });
const noTraffic = { placed: 0, paid: 0, active: 0 };
const quiet = /max-md:hidden/g;

describe("The views of sales", () => {
  test("of a shop that has sold nothing say so, and name no amount but nothing", () => {
    const columns = pairBuckets([], period, []);
    const chart = renderToString(<SalesChart columns={columns} currency="usd" />);
    expect(chart).toContain("No sale in these days yet.");
    expect(chart.match(/\$[\d.]+/g)).toEqual(["$0"]);
    expect(chart, "no dash of the period before").not.toContain("stroke-ink ");
    const tiles = renderToString(
      <SalesTiles
        now={NO_SALES}
        before={NO_SALES}
        currency="usd"
        traffic={{ now: noTraffic, before: noTraffic }}
      />,
    );
    expect(tiles).toContain("No checkout; none before");
    expect(tiles).not.toContain("0%");
  });

  test("draw the period before as soon as something was sold in it", () => {
    const columns = pairBuckets([sold("2026-11-20")], period, [sold("2026-10-20")]);
    const chart = renderToString(<SalesChart columns={columns} currency="usd" />);
    expect(chart.match(/stroke-ink /g)).toHaveLength(28);
    expect(chart).not.toContain("No sale");
  });

  test("leave days without any number out on a phone, and count them; days with sales before stay", () => {
    const columns = pairBuckets([sold("2026-11-20")], period, [sold("2026-10-20")]);
    const table = renderToString(<SalesTable columns={columns} currency="usd" />);
    expect(table.match(quiet)).toHaveLength(26);
    expect(table).toContain("26 days without a sale, now and before, are left out.");
  });
});
