/** Makes the demo accounts and coupons that are missing. Run by `npm start`, with a complete environment. */
import { seedDemo } from "@/db/seed/demo";
import { loadSecrets, openDataFolder } from "./data-folder";
import { demoAccounts } from "./demo-accounts";
import { runCommand } from "./run-command";
import { useInstallation } from "./use-installation";

await runCommand(async () => {
  const installation = await useInstallation();
  const secrets = loadSecrets(openDataFolder(process.env.DATA_DIR ?? ".data"));
  const made = await seedDemo(demoAccounts(secrets), new Date());
  console.log(made);
  await installation.close();
  process.exit(0);
});
