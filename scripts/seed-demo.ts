/** Makes the demo accounts and coupons that are missing. Run by `npm start`, with a complete environment. */
import { closeDatabase } from "../db/client";
import { seedDemo } from "../db/seed/demo";
import { loadSecrets, openDataFolder } from "./data-folder";
import { demoAccounts } from "./demo-accounts";
import { runCommand } from "./run-command";

await runCommand(async () => {
  const accounts = demoAccounts(loadSecrets(openDataFolder(process.env.DATA_DIR ?? ".data")));
  await seedDemo(accounts, new Date());
  await closeDatabase();
  console.log(`${accounts.length} accounts, coupons`);
});
