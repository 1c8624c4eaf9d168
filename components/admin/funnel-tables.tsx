import type { ReactNode } from "react";
import { Panel, PanelHead } from "@/components/ui/panel";
import { Stat, Stats } from "@/components/ui/stats";
import { Table, Td, Th } from "@/components/ui/table";
import {
  type Cohort,
  type CourseFunnel,
  type DropOff,
  FUNNEL_NAMES,
  FUNNEL_STEPS,
  type Funnel,
  shareOf,
} from "@/lib/analytics/funnel";
import { changeOf } from "@/lib/analytics/sum-sales";

const number = (value: number) => value.toLocaleString("en-US");
const percent = (share: number | null) => (share === null ? "—" : `${share}%`);

/** The four steps, each with its share of the one before, and against the period before. */
export function FunnelTiles({ now, before }: { readonly now: Funnel; readonly before: Funnel }) {
  return (
    <Stats>
      {FUNNEL_STEPS.map((step, index) => {
        const previous = FUNNEL_STEPS[index - 1];
        const change = changeOf(now[step], before[step]);
        const share = previous ? shareOf(now[step], now[previous]) : null;
        return (
          <Stat
            key={step}
            label={FUNNEL_NAMES[step]}
            value={number(now[step])}
            note={
              <>
                {share === null ? null : <span className="block">{share}% of the step before</span>}
                {change === null
                  ? "Nothing before"
                  : `${change > 0 ? "+" : ""}${change}% on the period before`}
              </>
            }
          />
        );
      })}
    </Stats>
  );
}

/** More are in the file. */
const SHOWN = 50;

export function FunnelTable({ funnels }: { readonly funnels: readonly CourseFunnel[] }) {
  return (
    <Panel className="mt-8 overflow-hidden">
      <Table caption="Each course from being viewed to being paid">
        <thead>
          <tr>
            <Th>Course</Th>
            {FUNNEL_STEPS.map((step) => (
              <Th key={step} align="right">
                {FUNNEL_NAMES[step]}
              </Th>
            ))}
            <Th align="right">Paid of viewed</Th>
          </tr>
        </thead>
        <tbody>
          {funnels.slice(0, SHOWN).map((funnel) => (
            <tr key={funnel.title}>
              <Td lead>{funnel.title}</Td>
              {FUNNEL_STEPS.map((step) => (
                <Td key={step} label={FUNNEL_NAMES[step]} align="right" className="tabular-nums">
                  {number(funnel[step])}
                </Td>
              ))}
              <Td label="Paid of viewed" align="right" className="tabular-nums">
                {percent(shareOf(funnel.paid, funnel.viewed))}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

export function DropOffTable({ dropOff }: { readonly dropOff: DropOff }) {
  const { seats, notBegun, lessons } = dropOff;
  return (
    <Table caption="How far learners came, lesson by lesson">
      <thead>
        <tr>
          <Th>Lesson</Th>
          <Th align="right">Completed by</Th>
          <Th align="right">Of all</Th>
          <Th align="right">Stopped here</Th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <Td lead className="text-ink-soft">
            No lesson completed yet
          </Td>
          <Td label="Completed by" align="right">
            —
          </Td>
          <Td label="Of all" align="right">
            —
          </Td>
          <Td label="Stopped here" align="right" className="tabular-nums">
            {number(notBegun)}
          </Td>
        </tr>
        {lessons.map((lesson, index) => (
          <tr key={`${index} ${lesson.title}`}>
            <Td lead>
              {index + 1}. {lesson.title}
            </Td>
            <Td label="Completed by" align="right" className="tabular-nums">
              {number(lesson.completed)}
            </Td>
            <Td label="Of all" align="right" className="tabular-nums">
              {percent(shareOf(lesson.completed, seats))}
            </Td>
            <Td label="Stopped here" align="right" className="tabular-nums">
              {index === lessons.length - 1 ? "The end" : number(lesson.stopped)}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

const WITHIN = [
  ["within7", 7],
  ["within30", 30],
  ["within90", 90],
] as const;

export function CohortPanel({
  cohorts,
  aside,
}: {
  readonly cohorts: readonly Cohort[];
  readonly aside: ReactNode;
}) {
  return (
    <Panel as="section" aria-labelledby="cohorts" className="mt-8 overflow-hidden">
      <PanelHead id="cohorts" title="Completed, by the month of the beginning" aside={aside} />
      <Table caption="Cohorts: who completed the course within how many days">
        <thead>
          <tr>
            <Th>Began in</Th>
            <Th align="right">Learners</Th>
            {WITHIN.map(([key, days]) => (
              <Th key={key} align="right">
                In {days} days
              </Th>
            ))}
            <Th align="right">By now</Th>
          </tr>
        </thead>
        <tbody>
          {cohorts.map((cohort) => (
            <tr key={cohort.month}>
              <Td lead className="tabular-nums">
                {cohort.month}
              </Td>
              <Td label="Learners" align="right" className="tabular-nums">
                {number(cohort.seats)}
              </Td>
              {WITHIN.map(([key, days]) => (
                <Td key={key} label={`In ${days} days`} align="right" className="tabular-nums">
                  <span>
                    {percent(shareOf(cohort[key], cohort.seats))}
                    {cohort.age < days ? <span className="text-ink-muted"> so far</span> : null}
                  </span>
                </Td>
              ))}
              <Td label="By now" align="right" className="tabular-nums">
                {percent(shareOf(cohort.ever, cohort.seats))}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}
