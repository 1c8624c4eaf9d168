export type MetadataParam = Record<string, string> | "";

/** Metadata after an update: keys are merged, an empty value removes its key, "" removes all. */
export function mergeMetadata(
  before: Record<string, string>,
  change: MetadataParam | undefined,
): Record<string, string> {
  if (change === undefined) return before;
  if (change === "") return {};
  return Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value !== ""));
}

/** Stripe unsets a field that is sent empty. */
export function orNull<T>(value: T | "" | undefined): T | null {
  return value === undefined || value === "" ? null : value;
}
