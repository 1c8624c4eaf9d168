/** A process of the simulation: lives the histories whose seeds it is sent, one after the other, and tells how each went. */
import { z } from "zod";

const start = z.object({
  cluster: z.object({ url: z.string(), superuserUrl: z.string(), template: z.string() }),
});
const order = z.object({ seed: z.number().int() }).or(z.object({ end: z.literal(true) }));
/** Even a busy machine needs a few seconds for one. */
const LONGEST_HISTORY_MS = 2 * 60_000;

// The environment of every test; a person may turn its log on.
const { SIMULATION_LOG = "silent" } = process.env;
await import("../support/environment");
process.env.LOG_LEVEL = SIMULATION_LOG;
// React's slower half is for people who develop; errors are met by the thousand, and nobody reads their lines.
Object.assign(process.env, { NODE_ENV: "production" });
process.setSourceMapsEnabled(SIMULATION_LOG !== "silent");

const { cluster } = start.parse(JSON.parse(process.argv[2] ?? "{}"));
const { startSurroundings } = await import("./surroundings");
const { liveHistory } = await import("./history");
const surroundings = await startSurroundings(cluster);

process.on("message", async (message) => {
  const next = order.parse(message);
  if ("end" in next) {
    await surroundings.close();
    process.exit(0);
  }
  const watch = setTimeout(() => {
    console.error(`The history of seed ${next.seed} does not end.`);
    process.exit(1);
  }, LONGEST_HISTORY_MS);
  try {
    process.send?.(await liveHistory(next.seed, surroundings));
  } catch (error) {
    console.error(error);
    process.exit(1);
  } finally {
    clearTimeout(watch);
  }
});
process.on("disconnect", () => process.exit(1));
process.send?.({ ready: true });
