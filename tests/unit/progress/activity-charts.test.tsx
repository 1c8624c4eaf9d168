import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { HeatMap, WeekChart } from "@/components/progress/activity-charts";
import { addDays } from "@/lib/progress/streak";

const days = Array.from({ length: 14 }, (_, at) => ({
  day: addDays("2026-09-07", at),
  seconds: 1_200,
  lessons: 1,
  exercises: 0,
}));

test("charts write their days as every page does", () => {
  const weeks = renderToStaticMarkup(<WeekChart days={days} />);
  expect(weeks).toContain("<span>7 Sep</span><span>14 Sep</span>");
  expect(weeks).toContain("Mon, 14 September 2026");
  const map = renderToStaticMarkup(<HeatMap days={days} />);
  expect(map).toContain("Sun, 20 September 2026: 20 min, 1 lesson, 0 exercises");
  expect(weeks + map).not.toContain("Sept ");
  const turn = renderToStaticMarkup(
    <HeatMap days={days.map((one, at) => ({ ...one, day: addDays("2026-12-31", at) }))} />,
  );
  expect(turn).toMatch(/>2027<\/text>/);
});
