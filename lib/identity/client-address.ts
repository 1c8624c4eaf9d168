import { isIP } from "node:net";

/**
 * Whose address a request counts for, from `x-forwarded-for`. Only the last entry is taken: it was written by our own
 * server (the socket's address) or, with TRUSTED_PROXY, by the proxy in front; all before it is the client's word.
 * IPv6 counts by /64, which is what one household has; an unreadable entry is one shared "unknown".
 */
export function clientAddress(forwardedFor: string | null): string {
  const last = forwardedFor?.split(",").at(-1)?.trim() ?? "";
  const bare = last.replace(/^\[([^\]]+)\](:\d+)?$/, "$1").replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1");
  const address = bare.replace(/%.*$/, "").replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");
  if (isIP(address) === 4) return address;
  if (isIP(address) === 6) return `${networkOf(address)}::/64`;
  return "unknown";
}

/** The first four of the eight groups, written one way only. */
function networkOf(address: string): string {
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = "", tail] = canonical.split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
  return (tail === undefined ? before : [...before, ...zeros, ...after]).slice(0, 4).join(":");
}
