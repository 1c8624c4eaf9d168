import { env } from "./lib/env";

/** Runs once as a server process starts, before its first request. */
export async function register(): Promise<void> {
  // Replaced by a constant as Next builds: what is Node's own stays out of the bundle for the edge runtime.
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  if (env().NODE_ENV === "production") {
    const { logConsole } = await import("./lib/log-console");
    logConsole();
  }
  const { watchCatalogRevision } = await import("./lib/catalog/watch-revision");
  watchCatalogRevision();
  const { writeStepsRegularly } = await import("./lib/analytics/keep-steps");
  writeStepsRegularly();
  const { guardPersonalPages } = await import("./lib/personal-pages");
  guardPersonalPages();
  if (env().TRUSTED_PROXY !== "none") return;
  const { believeSocketsOnly } = await import("./lib/identity/socket-address");
  believeSocketsOnly();
}
