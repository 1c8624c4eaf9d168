import type { AuditDetail, AuditValue } from "@/db/schema/audit";

type Entry = { readonly subjectId: string; readonly detail: AuditDetail };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Every id that entries name: of what was changed, and in what was written about it. Each once. */
export function idsIn(entries: readonly Entry[]): string[] {
  const values = entries.flatMap(({ subjectId, detail: { before = {}, after = {} } }): AuditValue[] => [
    subjectId,
    ...Object.values(before),
    ...Object.values(after),
  ]);
  return [...new Set(values.flat())].filter(
    (value): value is string => typeof value === "string" && UUID.test(value),
  );
}
