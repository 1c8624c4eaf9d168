import { DateTime } from "@/components/ui/date-time";
import { Panel } from "@/components/ui/panel";
import { Table, Td, Th, TwoLines } from "@/components/ui/table";
import type { AuditDetail, AuditRow, AuditValue } from "@/lib/audit/queries";
import { AUDIT_ACTIONS } from "@/lib/audit/schema";

/** Who changed what; on phones a card for each change. */
export function AuditTable({ entries }: { readonly entries: readonly AuditRow[] }) {
  return (
    <Panel className="overflow-hidden">
      <Table caption="What staff changed, newest first">
        <thead>
          <tr>
            <Th>No.</Th>
            <Th>When</Th>
            <Th>Who</Th>
            <Th>What</Th>
            <Th>Details</Th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.number}>
              <Td lead className="tabular-nums">
                <span title={entry.hash}>{entry.number}</span>
              </Td>
              <Td label="When" className="text-ink-soft tabular-nums">
                <DateTime at={entry.at} format="short" />
              </Td>
              <Td label="Who">{entry.actor ?? "An account that is gone"}</Td>
              <Td label="What">
                <TwoLines small={entry.subjectLabel}>{AUDIT_ACTIONS[entry.action] ?? entry.action}</TwoLines>
              </Td>
              <Td label="Details" className="wrap-anywhere">
                <Detail detail={entry.detail} />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

function Detail({ detail: { before = {}, after = {}, reason } }: { readonly detail: AuditDetail }) {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  if (keys.length === 0 && !reason) return <span className="text-ink-muted">None</span>;
  return (
    <span className="block min-w-0 space-y-0.5 text-ink-soft">
      {keys.map((key) => (
        <span key={key} className="block">
          {nameOf(key)}: {Object.hasOwn(before, key) ? <>{show(before[key])} → </> : null}
          {Object.hasOwn(after, key) ? show(after[key]) : "removed"}
        </span>
      ))}
      {reason ? <span className="block">Reason: {reason}</span> : null}
    </span>
  );
}

/** `maxUses` → Max uses */
function nameOf(key: string): string {
  const words = key.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function show(value: AuditValue | undefined): string {
  if (value === null || value === undefined || value === "") return "nothing";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "object" ? value.join(", ") || "nothing" : String(value);
}
