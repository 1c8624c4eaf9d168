import { env } from "./lib/env";

/** Runs once as a server process starts, before its first request. */
export async function register(): Promise<void> {
  if (env().TRUSTED_PROXY !== "none") return;
  const { believeSocketsOnly } = await import("./lib/identity/socket-address");
  believeSocketsOnly();
}
