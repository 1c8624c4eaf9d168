import { demoAccounts } from "./demo-accounts";
import type { Platform } from "./platform";

const TEST_CARDS = [
  ["4242 4242 4242 4242", "pays"],
  ["4000 0000 0000 0002", "is declined"],
  ["4000 0000 0000 9995", "has insufficient funds"],
  ["4000 0027 6000 3184", "asks for 3-D Secure"],
] as const;

/** Where everything is, and how to get in. */
export function printSummary(platform: Platform): void {
  const { appUrl, ports, secrets } = platform;
  const rows: [string, string][] = [["Shop", appUrl]];
  if (platform.demo) {
    for (const { role, email, password } of demoAccounts(secrets)) {
      rows.push([role === "admin" ? "Admin login" : "Learner login", `${email.padEnd(24)} ${password}`]);
    }
  }
  if (platform.localStripe) rows.push(["Payment sandbox", `http://localhost:${ports.stripe}`]);
  if (platform.localMail) rows.push(["Inbox", `http://localhost:${ports.mail}`]);
  if (platform.localStripe) {
    TEST_CARDS.forEach(([number, effect], index) => {
      rows.push([index === 0 ? "Test cards" : "", `${number}  ${effect}`]);
    });
    rows.push(["", "any future date, any three digits"]);
  }
  rows.push(["Data and logs", platform.folder.root]);
  console.log(
    `\n${rows.map(([name, value]) => `  ${name.padEnd(17)}${value}`).join("\n")}\n\n  Ctrl-C stops everything.\n`,
  );
}
