type AuditValue = string | number | boolean | null | readonly string[];

const LONGEST = 120;

/** A value as the audit log keeps it; long texts are named by their length, since the log is for good. */
function shorten(value: unknown): AuditValue {
  if (value === null || value === undefined) return null;
  if (typeof value === "number" || typeof value === "boolean") return value;
  const text = Array.isArray(value) ? value.join("; ") : String(value);
  return text.length > LONGEST ? `${text.length} characters` : text.trim();
}

/** What the log says about a change: each field as it was and as it is. */
export function describeEdit<R extends object>(before: R, wanted: Partial<R>, fields: readonly string[]) {
  const pick = (row: object) =>
    Object.fromEntries(
      fields.map((field) => [field, shorten((row as Readonly<Record<string, unknown>>)[field])]),
    );
  return { before: pick(before), after: pick(wanted) };
}
