import type { Route } from "next";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { SegmentedLinks } from "@/components/ui/choice";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SelectField, TextField } from "@/components/ui/field";
import { MOST_DAYS, PRESET_NAMES, PRESETS, periodOf } from "@/lib/analytics/period";
import { type ReportQuery, reportQuery } from "@/lib/analytics/read-report-query";
import { DAYS_PROBLEMS, type DaysProblem } from "@/lib/progress/own-days";

type Props = {
  readonly query: ReportQuery;
  readonly today: string;
  readonly currency: string;
  readonly currencies: readonly string[];
  /** The report's own address. */
  readonly path?: "/admin/analytics" | "/admin/analytics/funnel" | "/admin/analytics/learning";
  /** What else of the address stays. */
  readonly kept?: Readonly<Record<string, string>>;
  /** One more field of the form; what it holds is `kept` by the links. */
  readonly field?: ReactNode;
  /** Whose midnights the days begin at. */
  readonly zone: string;
};

const problems: Readonly<Record<DaysProblem["code"], string>> = {
  ...DAYS_PROBLEMS,
  too_long: `At most ${MOST_DAYS} days can be shown at once, five years. Choose a later first day.`,
};

/** Which days and which currency: links and a plain form, whose state is the address. */
export function ReportFilters({
  query,
  today,
  currency,
  currencies,
  zone,
  path = "/admin/analytics",
  kept = {},
  field,
}: Props) {
  const { refused } = query;
  const shown = refused?.typed ?? query.period;
  const error = (name: "from" | "to") =>
    refused?.problem.field === name ? { error: problems[refused.problem.code] } : {};
  return (
    <search className="mb-6 grid gap-4">
      <div>
        <SegmentedLinks
          label="Period"
          items={PRESETS.map((preset) => ({
            href: `${path}${reportQuery({ ...query, preset, period: periodOf(preset, today) }, kept)}` as Route,
            label: PRESET_NAMES[preset],
            current: query.preset === preset,
          }))}
        />
      </div>
      {refused ? (
        <ErrorSummary
          title="These days cannot be shown"
          problems={[{ field: refused.problem.field, message: problems[refused.problem.code] }]}
        >
          <p>The last 28 days are shown instead.</p>
        </ErrorSummary>
      ) : null}
      <form action={path} className="grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap">
        {field ? <div className="max-sm:col-span-2 sm:min-w-60">{field}</div> : null}
        <TextField
          label="From"
          name="from"
          type="date"
          defaultValue={shown.from}
          max={today}
          {...error("from")}
        />
        <TextField label="To" name="to" type="date" defaultValue={shown.to} max={today} {...error("to")} />
        {currencies.length > 1 ? (
          <SelectField label="Currency" name="currency" defaultValue={currency} className="max-sm:col-span-2">
            {currencies.map((one) => (
              <option key={one} value={one}>
                {one.toUpperCase()}
              </option>
            ))}
          </SelectField>
        ) : null}
        <Button type="submit" className="max-sm:col-span-2">
          Show
        </Button>
      </form>
      <p className="text-xs text-ink-muted">
        Days begin at midnight in {zone.replaceAll("_", " ")}.
        {currencies.length > 0
          ? ` Amounts are in ${currency.toUpperCase()}; other currencies are never added up.`
          : null}
      </p>
    </search>
  );
}
