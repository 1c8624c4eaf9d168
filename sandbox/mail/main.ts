/** The mail sandbox as a process of its own, started by `npm start`. */
import { join } from "node:path";
import { startMailSandbox } from "./start";

const { PORT, DATA_DIR, RESEND_API_KEY } = process.env;
const sandbox = await startMailSandbox({
  dataDir: join(DATA_DIR ?? ".data", "mail"),
  port: Number(PORT ?? 3000) + 2,
  ...(RESEND_API_KEY ? { apiKey: RESEND_API_KEY } : {}),
});
console.log(`The inbox is at ${sandbox.url}`);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
}
