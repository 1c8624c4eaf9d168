/** Adapter: the clock by which each process of the shop notices that the catalogue changed, whoever changed it. */
import "server-only";
import { env, ownOrigin } from "../env";
import { log } from "../log";
import { findCatalogRevision } from "./queries";

const EVERY_MS = 1_000;

/** Called once per process, from `instrumentation.ts`. Static pages may only be renewed within a request, so it makes one. */
export function watchCatalogRevision(): void {
  let seen: number | null = null;
  const look = async () => {
    const revision = await findCatalogRevision();
    if (seen !== null && seen !== revision) await renew();
    seen = revision;
  };
  const again = () => setTimeout(() => look().catch(noteFailure).finally(again), EVERY_MS).unref();
  again();
}

async function renew(): Promise<void> {
  const headers = { authorization: `Bearer ${env().INTERNAL_TOKEN}` };
  const answer = await fetch(`${ownOrigin()}/api/internal/revalidate`, { method: "POST", headers });
  if (!answer.ok) throw new Error(`the static pages were not renewed: ${answer.status}`);
}

const noteFailure = (error: unknown) => log.debug({ err: error }, "the catalogue's revision is not known");
