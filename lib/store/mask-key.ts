/** Fewer signs behind the prefix than this, and the last four of them would be too much of the key. */
const LEAST_HIDDEN = 16;

/** `sk_test_…7Qxa`: which key it is, and nothing that one could use. */
export function maskKey(key: string): string {
  const prefix = /^(?:[a-z]{2,5}_)(?:test_|live_)?/.exec(key)?.[0] ?? "";
  const rest = key.slice(prefix.length);
  return `${prefix}…${rest.length >= LEAST_HIDDEN ? rest.slice(-4) : ""}`;
}
