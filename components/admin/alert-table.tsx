import { ProblemText } from "@/components/orders/problem-text";
import { DateTime } from "@/components/ui/date-time";
import { Panel } from "@/components/ui/panel";
import { Table, Td, Th, TwoLines } from "@/components/ui/table";
import type { AlertRow } from "@/lib/bookkeeping/queries";
import { ClearAlert, RepairDifference } from "./payment-buttons";

type Props = {
  readonly alerts: readonly AlertRow[];
  readonly settled: boolean;
  readonly maySettle: boolean;
};

/** What a person must see to, or has seen to. */
export function AlertTable({ alerts, settled, maySettle }: Props) {
  const withButtons = maySettle && !settled;
  return (
    <Panel className="overflow-hidden">
      <Table caption={settled ? "What was settled, newest first" : "What is to be settled, newest first"}>
        <thead>
          <tr>
            <Th>What</Th>
            <Th>Problem</Th>
            <Th>{settled ? "Settled" : "Since"}</Th>
            {withButtons ? <Th align="right">Settle</Th> : null}
          </tr>
        </thead>
        <tbody>
          {alerts.map((alert) => (
            <tr key={alert.id}>
              <Td lead>
                <TwoLines small={alert.subject}>{nameAlert(alert.kind)}</TwoLines>
              </Td>
              <Td label="Problem" stacked className="wrap-anywhere">
                <span>
                  <ProblemText problem={alert.problem} orderNumber={alert.orderNumber} />
                </span>
              </Td>
              <Td label={settled ? "Settled" : "Since"} className="text-ink-soft tabular-nums">
                <TwoLines small={settled ? (alert.clearedBy ?? "Went away by itself") : null}>
                  <DateTime at={alert.clearedAt ?? alert.since} format="short" />
                </TwoLines>
              </Td>
              {withButtons ? (
                <Td align="right">
                  <span className="flex flex-wrap justify-end gap-2">
                    {alert.isDifference ? <RepairDifference alert={alert.id} of={alert.subject} /> : null}
                    <ClearAlert alert={alert.id} of={alert.subject} />
                  </span>
                </Td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

/** `payment_not_fulfilled` → Payment not fulfilled */
export function nameAlert(kind: string): string {
  const words = kind.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
