import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { loadSecrets, openDataFolder } from "../../scripts/data-folder";
import { demoAccounts } from "../../scripts/demo-accounts";
import { portsFrom } from "../../scripts/ports";

/** The started product under test: addresses, database and logins. */
export function product() {
  const { E2E_PORT, E2E_DATA_DIR } = z
    .object({ E2E_PORT: z.coerce.number().int(), E2E_DATA_DIR: z.string() })
    .parse(process.env);
  const ports = portsFrom(E2E_PORT);
  const secrets = loadSecrets(openDataFolder(E2E_DATA_DIR));
  const [admin, first, second] = demoAccounts(secrets);
  if (!admin || !first || !second) throw new Error("The demo has an admin and two learners.");
  return {
    url: `http://localhost:${ports.shop}`,
    stripeUrl: `http://127.0.0.1:${ports.stripe}`,
    mailUrl: `http://127.0.0.1:${ports.mail}`,
    databaseUrl: `postgres://lectern:${secrets.databasePassword}@127.0.0.1:${ports.postgres}/lectern`,
    dataDir: E2E_DATA_DIR,
    secrets,
    admin,
    learners: [first, second] as const,
    /** What a part wrote: shop, worker, payment-sandbox, mail-sandbox or postgres. */
    readLog: (part: string) => readFileSync(join(E2E_DATA_DIR, "logs", `${part}.log`), "utf8"),
  };
}
