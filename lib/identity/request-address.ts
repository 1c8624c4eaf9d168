/** Adapter: the address that the current request counts for. */
import "server-only";
import { headers } from "next/headers";
import { clientAddress } from "./client-address";

/** For throttles, never for identity: an IPv4 address, an IPv6 /64, or "unknown". */
export async function readClientAddress(): Promise<string> {
  return clientAddress((await headers()).get("x-forwarded-for"));
}
