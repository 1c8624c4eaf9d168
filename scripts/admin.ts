/**
 * npm run admin -- create EMAIL [--name NAME]   makes an admin, of a new account or of the one with this address, with a
 *                                               new random password that is printed this once and kept nowhere
 * npm run admin -- demote EMAIL                 makes a learner of an admin; the last admin stays one
 *
 * Either way the person is signed out everywhere. Exit code 1 when it was not done.
 */
import { parseArgs } from "node:util";
import { normaliseEmail } from "../lib/identity/normalise-email";
import { Problem } from "../sandbox/problem";
import { runCommand } from "./run-command";
import { useInstallation } from "./use-installation";

const USAGE = "Usage: npm run admin -- create EMAIL [--name NAME] | demote EMAIL";

async function main(): Promise<void> {
  const { command, email, name } = readArguments();
  const installation = await useInstallation();
  const { closeDatabase } = await import("../db/client");
  try {
    console.log(command === "create" ? await createAdmin(email, name) : await demote(email));
  } finally {
    await closeDatabase();
    await installation.close();
  }
}

function readArguments() {
  const { positionals, values } = parseArguments();
  const [command, typed, ...more] = positionals;
  if ((command !== "create" && command !== "demote") || typed === undefined || more.length > 0)
    throw new Problem(USAGE);
  const email = normaliseEmail(typed);
  if (email === null) throw new Problem(`${typed} is no e-mail address: give one such as name@example.com.`);
  return { command, email, name: values.name };
}

function parseArguments() {
  try {
    return parseArgs({ allowPositionals: true, options: { name: { type: "string" } } });
  } catch {
    throw new Problem(USAGE);
  }
}

async function createAdmin(email: string, name: string | undefined): Promise<string> {
  const { makeAdmin } = await import("../lib/identity/mutations");
  const { newSecret } = await import("../lib/ids");
  const { env } = await import("../lib/env");
  const password = newSecret(144);
  await makeAdmin({ email, name: name?.trim() || email.replace(/@.*/, ""), password });
  return [
    `${email} is an admin now.`,
    `  sign in   ${env().APP_URL}/sign-in`,
    `  password  ${password}`,
    "The password is shown this once: keep it in a password manager. One that was there before is worth nothing now.",
  ].join("\n");
}

async function demote(email: string): Promise<string> {
  const { demoteAdmin } = await import("../lib/identity/mutations");
  const demoted = await demoteAdmin(email);
  if (demoted.ok) return `${email} is a learner now, and signed out everywhere.`;
  throw new Problem(
    demoted.error === "last_admin"
      ? `${email} is the last admin and stays one: make another first, with npm run admin -- create EMAIL.`
      : `${email} is no admin: nothing was changed.`,
  );
}

await runCommand(main);
