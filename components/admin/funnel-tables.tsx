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
  type LessonStep,
  shareOf,
} from "@/lib/analytics/funnel";
import { changeOf } from "@/lib/analytics/sum-sales";
import { ShareBar } from "./share-bar";

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

/** What the two tones of the bars say; the cells say it too, so that it is only for the eye. */
function BarLegend({ children }: { readonly children: ReactNode }) {
  return (
    <p aria-hidden="true" className="border-b border-hairline px-5 py-3 text-xs text-ink-muted lg:px-6">
      {children}
    </p>
  );
}

export function FunnelTable({ funnels }: { readonly funnels: readonly CourseFunnel[] }) {
  const shown = funnels.slice(0, SHOWN);
  // A cart that was saved is paid weeks later: more may be paid than viewed.
  const most = Math.max(1, ...shown.map(({ viewed, paid }) => Math.max(viewed, paid)));
  return (
    <Panel className="mt-8 overflow-hidden">
      <BarLegend>The bars: viewed, the strong part paid.</BarLegend>
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
          {shown.map((funnel) => (
            <tr key={funnel.title}>
              <Td lead className="min-w-40">
                <span className="block wrap-anywhere">{funnel.title}</span>
                <ShareBar share={funnel.paid / most} rest={Math.max(0, funnel.viewed - funnel.paid) / most} />
              </Td>
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
    <>
      <BarLegend>The bars: completed by, the faint part stopped here.</BarLegend>
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
            <Td lead className="min-w-40 text-ink-soft">
              <span className="block">No lesson completed yet</span>
              <ShareBar share={0} rest={notBegun / seats} />
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
              <Td lead className="min-w-40">
                <span className="block wrap-anywhere">
                  {index + 1}. {lesson.title}
                </span>
                <LessonBar lesson={lesson} seats={seats} isLast={index === lessons.length - 1} />
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
    </>
  );
}

type LessonBarProps = { readonly lesson: LessonStep; readonly seats: number; readonly isLast: boolean };

/** Nobody stops at the last lesson: it is the end. */
function LessonBar({ lesson: { completed, stopped }, seats, isLast }: LessonBarProps) {
  const faint = isLast ? 0 : stopped;
  return <ShareBar share={(completed - faint) / seats} rest={faint / seats} />;
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
  const most = Math.max(1, ...cohorts.map(({ seats }) => seats));
  return (
    <Panel as="section" aria-labelledby="cohorts" className="mt-8 overflow-hidden">
      <PanelHead id="cohorts" title="Completed, by the month of the beginning" aside={aside} />
      <BarLegend>The bars: learners, the strong part completed by now.</BarLegend>
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
              <Td lead className="min-w-40 tabular-nums">
                <span className="block">{cohort.month}</span>
                <ShareBar share={cohort.ever / most} rest={(cohort.seats - cohort.ever) / most} />
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
