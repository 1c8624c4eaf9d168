/** A process of the simulation: lives the histories whose seeds it is sent, one after the other, and tells how each went. */
import { z } from "zod";

const start = z.object({
  cluster: z.object({ url: z.string(), superuserUrl: z.string(), template: z.string() }),
});
const order = z.object({ seed: z.number().int() }).or(z.object({ end: z.literal(true) }));

Object.assign(process.env, {
  NODE_ENV: "test",
  APP_URL: "http://localhost:3000",
  AUTH_SECRET: "auth-secret-of-the-simulation-0123456789",
  INTERNAL_TOKEN: "internal-token-of-the-simulation-0123456789",
  DATABASE_URL: "postgres://nobody:nothing@127.0.0.1:9/none",
  STRIPE_SECRET_KEY: "sk_test_simulation",
  STRIPE_PUBLISHABLE_KEY: "pk_test_simulation",
  RESEND_API_KEY: "re_simulation",
  LOG_LEVEL: process.env.SIMULATION_LOG ?? "silent",
  TZ: "UTC",
});

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
