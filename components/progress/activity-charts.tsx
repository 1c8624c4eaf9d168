import { clsx } from "clsx";
import type { ReactNode } from "react";
import { scrollable } from "@/components/ui/scrollable";
import { Table, Td, Th } from "@/components/ui/table";
import { formatDuration } from "@/lib/catalog/format-duration";
import { formatDay } from "@/lib/format-day";
import { type ActivityDay, type ActivityWeek, sumWeeks, weekdayOf } from "@/lib/progress/streak";

const CELL = 14;
const LABELS = 30;
const TOP = 16;

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const longDay = (day: string) => `${WEEKDAYS[weekdayOf(day)]}, ${formatDay(day)}`;
const shortMonth = (day: string) => formatDay(day).split(" ")[1]?.slice(0, 3);
const shortDay = (day: string, withYear: boolean) =>
  `${Number(day.slice(8))} ${shortMonth(day)}${withYear ? ` ${day.slice(0, 4)}` : ""}`;
const minutes = (seconds: number) => Math.round(seconds / 60);

/** Five shades: nothing, then by minutes; a lesson or an exercise counts ten. */
function shadeOf({ seconds, lessons, exercises }: ActivityDay): number {
  const points = seconds / 60 + (lessons + exercises) * 10;
  return points === 0 ? 0 : points < 15 ? 1 : points < 40 ? 2 : points < 90 ? 3 : 4;
}

const shades = [
  "fill-hairline",
  "fill-chart opacity-30",
  "fill-chart opacity-55",
  "fill-chart opacity-80",
  "fill-chart",
] as const;

const describe = ({ seconds, lessons, exercises }: Omit<ActivityDay, "day">) =>
  `${minutes(seconds)} min, ${lessons} ${lessons === 1 ? "lesson" : "lessons"}, ${exercises} ${exercises === 1 ? "exercise" : "exercises"}`;

/**
 * One square for each day, a column for each week from Monday. `days` must be complete. Where they are too many
 * for the width, the box begins at its end, with the newest: that is what `rtl` is for.
 */
export function HeatMap({ days }: { readonly days: readonly ActivityDay[] }) {
  // Days of one's own begin on any weekday: their first column is short.
  const skipped = days[0] ? weekdayOf(days[0].day) : 0;
  const weeks = Math.ceil((skipped + days.length) / 7);
  const column = (index: number) => LABELS + Math.floor((skipped + index) / 7) * CELL;
  const busy = days.filter((day) => shadeOf(day) > 0);
  return (
    <Figure
      title="Day by day"
      id="heat-map"
      table={
        busy.length === 0 ? null : (
          <Numbers
            caption="Days with activity"
            head="Day"
            rows={busy.map((day) => [longDay(day.day), day] as const)}
          />
        )
      }
    >
      <div {...scrollable("Activity by day")} className="overflow-x-auto pb-1 [direction:rtl]">
        <svg
          viewBox={`0 0 ${LABELS + weeks * CELL} ${TOP + 7 * CELL}`}
          role="img"
          aria-label={
            busy.length === 0
              ? `No activity in these ${days.length} days`
              : `Activity on ${busy.length} of ${days.length} days; the numbers are in the table below.`
          }
          className="mr-auto h-31 max-w-none [direction:ltr]"
        >
          {["Mon", "Wed", "Fri", "Sun"].map((name, index) => (
            <text key={name} x={0} y={TOP + index * 2 * CELL + 10} className="fill-ink-muted text-[9px]">
              {name}
            </text>
          ))}
          {days.map((day, index) => (
            <rect
              key={day.day}
              x={column(index)}
              y={TOP + weekdayOf(day.day) * CELL}
              width={CELL - 3}
              height={CELL - 3}
              rx={2}
              className={shades[shadeOf(day)]}
            >
              <title>{`${longDay(day.day)}: ${describe(day)}`}</title>
            </rect>
          ))}
          {days.map((day, index) =>
            day.day.endsWith("-01") || index === 0 ? (
              <text
                key={day.day}
                x={column(index)}
                y={10}
                className={clsx("fill-ink-muted text-[9px]", index === 0 && isCrowded(days) && "hidden")}
              >
                {day.day.endsWith("-01-01") ? day.day.slice(0, 4) : shortMonth(day.day)}
              </text>
            ) : null,
          )}
        </svg>
      </div>
    </Figure>
  );
}

/** The first month's name would run into the next one's. */
const isCrowded = (days: readonly ActivityDay[]) => days.slice(1, 22).some(({ day }) => day.endsWith("-01"));

/** The drawing's own units; it is stretched to the room there is, and its words stand around it. */
const BAR = 100;
const WIDE = 640;

/** Minutes by week. */
export function WeekChart({ days }: { readonly days: readonly ActivityDay[] }) {
  const weeks = sumWeeks(days);
  const most = Math.max(60, ...weeks.map((week) => minutes(week.seconds)));
  const width = WIDE / Math.max(weeks.length, 1);
  return (
    <Figure
      title="Week by week"
      id="weeks"
      table={
        <Numbers
          caption="Weeks"
          head="Week from"
          rows={weeks.map((week) => [longDay(week.monday), week] as const)}
        />
      }
    >
      <div className="max-w-[40rem] text-xs text-ink-muted">
        <p aria-hidden="true">{formatDuration(most)}</p>
        <svg
          viewBox={`0 0 ${WIDE} ${BAR}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`Minutes learned by week, ${formatDuration(most)} at most; the numbers are in the table below.`}
          className="h-28 w-full border-b border-hairline-strong"
        >
          {weeks.map((week, index) => (
            <Bar key={week.monday} week={week} x={index * width} width={width} most={most} />
          ))}
        </svg>
        <p aria-hidden="true" className="mt-1 flex justify-between">
          {[weeks[0], ...weeks.slice(1).slice(-1)].map((week) =>
            week ? <span key={week.monday}>{shortDay(week.monday, weeks.length > 52)}</span> : null,
          )}
        </p>
      </div>
    </Figure>
  );
}

type BarProps = {
  readonly week: ActivityWeek;
  readonly x: number;
  readonly width: number;
  readonly most: number;
};

function Bar({ week, x, width, most }: BarProps) {
  const height = Math.round((minutes(week.seconds) / most) * BAR);
  return (
    <rect x={x + width * 0.15} y={BAR - height} width={width * 0.7} height={height} className="fill-chart">
      <title>{`Week from ${longDay(week.monday)}: ${describe(week)}`}</title>
    </rect>
  );
}

type FigureProps = {
  readonly title: string;
  readonly id: string;
  readonly table: ReactNode;
  readonly children: ReactNode;
};

/** A chart with the table of its numbers, one press away. */
export function Figure({ title, id, table, children }: FigureProps) {
  return (
    <section aria-labelledby={id} className="mt-10">
      <h2 id={id} className="mb-4 text-lg">
        {title}
      </h2>
      {children}
      {table ? (
        <details className="mt-2 text-sm">
          <summary className="inline-flex min-h-target items-center text-accent hover:underline">
            The numbers as a table
          </summary>
          {table}
        </details>
      ) : null}
    </section>
  );
}

type NumbersProps = {
  readonly caption: string;
  readonly head: string;
  readonly rows: readonly (readonly [string, Omit<ActivityDay, "day">])[];
};

function Numbers({ caption, head, rows }: NumbersProps) {
  return (
    <Table caption={caption} cards={false} className="max-w-[40rem]">
      <thead>
        <tr>
          <Th>{head}</Th>
          <Th align="right">Minutes</Th>
          <Th align="right">Lessons</Th>
          <Th align="right">Exercises</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, { seconds, lessons, exercises }]) => (
          <tr key={name}>
            <Td lead>{name}</Td>
            <Td align="right">{minutes(seconds)}</Td>
            <Td align="right">{lessons}</Td>
            <Td align="right">{exercises}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
