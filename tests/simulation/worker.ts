/** A process of the simulation: lives the histories whose seeds it is sent, one after the other, and tells how each went. */
import { z } from "zod";

const start = z.object({
  cluster: z.object({ url: z.string(), superuserUrl: z.string(), template: z.string() }),
});
const order = z.object({ seed: z.number().int() }).or(z.object({ end: z.literal(true) }));

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
  try {
    process.send?.(await liveHistory(next.seed, surroundings));
  } catch (error) {
    console.error(error);
    process.exit(1);
  }
});
process.on("disconnect", () => process.exit(1));
process.send?.({ ready: true });
