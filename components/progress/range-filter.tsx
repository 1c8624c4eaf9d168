import type { Route } from "next";
import { Button } from "@/components/ui/button";
import { SegmentedLinks } from "@/components/ui/choice";
import { ErrorSummary } from "@/components/ui/error-summary";
import { TextField } from "@/components/ui/field";
import { type AskedRange, RANGE_NAMES, RANGES } from "@/lib/progress/date-range";
import { DAYS_PROBLEMS, type DaysProblem } from "@/lib/progress/own-days";

const problems: Readonly<Record<DaysProblem["code"], string>> = {
  ...DAYS_PROBLEMS,
  too_long: "At most three years can be shown at once. Choose a later first day.",
};

/** Which days: links, and a plain form of the address for days of one's own. What was typed stays, with what is wrong beside it. */
export function RangeFilter({ asked, today }: { readonly asked: AskedRange; readonly today: string }) {
  const { preset, period, problem, typed } = asked;
  const error = (field: "from" | "to") => (problem?.field === field ? { error: problems[problem.code] } : {});
  const shown = problem ? typed : period;
  return (
    <search aria-label="Days" className="grid gap-4 print:hidden">
      <div>
        <SegmentedLinks
          label="Range"
          items={RANGES.map((one) => ({
            href: `/account/progress?range=${one}` as Route,
            label: RANGE_NAMES[one],
            current: one === preset,
          }))}
        />
      </div>
      {problem ? (
        <ErrorSummary
          title="These days cannot be shown"
          problems={[{ field: problem.field, message: problems[problem.code] }]}
        >
          <p>The last twelve weeks are shown instead.</p>
        </ErrorSummary>
      ) : null}
      <form
        action="/account/progress"
        className="grid gap-3 min-[22.5rem]:grid-cols-2 sm:grid-cols-[14rem_14rem_auto] sm:justify-start"
      >
        <TextField
          label="From"
          name="from"
          type="date"
          defaultValue={shown?.from}
          max={today}
          {...error("from")}
        />
        <TextField label="To" name="to" type="date" defaultValue={shown?.to} max={today} {...error("to")} />
        <Button type="submit" className="max-sm:min-[22.5rem]:col-span-2 sm:mt-[1.6875rem] sm:self-start">
          Show
        </Button>
      </form>
    </search>
  );
}
