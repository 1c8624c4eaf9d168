import { Check } from "lucide-react";
import { DateTime } from "@/components/ui/date-time";
import { Panel } from "@/components/ui/panel";
import { Progress } from "@/components/ui/progress";
import { Table, Td, Th, TwoLines } from "@/components/ui/table";
import { AUDIT_ACTIONS } from "@/lib/audit/schema";
import type { SeatDetails } from "@/lib/seats/queries";

/** How far the learner is: counted from what they ticked and passed. */
export function SeatProgress({ seat }: { readonly seat: SeatDetails }) {
  const { counted, steps } = seat;
  return (
    <section aria-labelledby="progress">
      <h2 id="progress" className="mb-2 text-lg">
        Progress
      </h2>
      <p className="mb-3 text-sm text-ink-soft">
        {counted.lessonsCompleted} of {counted.lessonsTotal} lessons, {counted.exercisesCompleted} of{" "}
        {counted.exercisesTotal} exercises
      </p>
      <Progress
        value={counted.percentage}
        label={`${seat.learner.name}, ${seat.course.title}`}
        className="mb-4"
      />
      <Panel className="overflow-hidden">
        <Table caption="What the learner has done in each lesson">
          <thead>
            <tr>
              <Th>Lesson</Th>
              <Th align="right">Exercises passed</Th>
              <Th>Marked complete</Th>
            </tr>
          </thead>
          <tbody>
            {steps.map((step) => (
              <tr key={`${step.chapter} ${step.title}`}>
                <Td lead>
                  <TwoLines small={step.chapter}>{step.title}</TwoLines>
                </Td>
                <Td label="Exercises passed" align="right" className="tabular-nums">
                  {step.exercises === 0 ? "None there" : `${step.exercisesCompleted} of ${step.exercises}`}
                </Td>
                <Td label="Marked complete">
                  {step.completedAt ? (
                    <span className="inline-flex items-center gap-1.5">
                      <Check className="size-4! text-success" />
                      <DateTime at={step.completedAt} format="short" />
                    </span>
                  ) : (
                    <span className="text-ink-muted">Not yet</span>
                  )}
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      </Panel>
    </section>
  );
}

/** What staff did to the seat. */
export function SeatChanges({ seat }: { readonly seat: SeatDetails }) {
  if (seat.changes.length === 0) return null;
  return (
    <section aria-labelledby="changes" className="mt-10">
      <h2 id="changes" className="mb-4 text-lg">
        What staff did
      </h2>
      <ul className="divide-y divide-hairline border-y border-hairline">
        {seat.changes.map((change) => (
          <li key={change.number} className="py-3 text-sm">
            <p className="wrap-anywhere">
              {AUDIT_ACTIONS[change.action]}
              {change.detail.reason ? `: ${change.detail.reason}` : null}
            </p>
            <p className="mt-1 text-xs text-ink-muted">
              {change.actor ?? "An account that is gone"}, <DateTime at={change.at} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
