import { randomBytes } from "node:crypto";
import {
  accessSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import { Problem } from "../sandbox/problem";

/** Where everything of one installation lies; `.data` unless DATA_DIR says otherwise. */
export type DataFolder = {
  readonly root: string;
  readonly postgres: string;
  readonly stripe: string;
  readonly mail: string;
  readonly logs: string;
  readonly secretsFile: string;
  readonly runFile: string;
};

const secretsSchema = z.object({
  authSecret: z.string().min(32),
  internalToken: z.string().min(32),
  certificateKey: z.string().length(43),
  postgresPassword: z.string().min(16),
  databasePassword: z.string().min(16),
  stripeSecretKey: z.string().startsWith("sk_test_"),
  stripePublishableKey: z.string().startsWith("pk_test_"),
  stripeWebhookSecret: z.string().startsWith("whsec_"),
  mailApiKey: z.string().startsWith("re_"),
  demoPasswords: z.object({ admin: z.string(), first: z.string(), second: z.string() }),
});

/** The secrets of one installation that nobody set by a variable. Random, kept with mode 0600, never committed. */
export type Secrets = z.output<typeof secretsSchema>;

/** Makes the folder. @throws Problem when it cannot be read or written. */
export function openDataFolder(path: string): DataFolder {
  const root = resolve(path);
  try {
    // Others may walk through, since under root the database runs as another user; they can list and read nothing.
    makeFolder(join(root, "logs"));
    for (const folder of [root, join(root, "logs")]) {
      accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    }
  } catch (error) {
    throw new Problem(
      `DATA_DIR ${root} cannot be read and written (${errorCode(error)}): correct its owner or mode, or set DATA_DIR to another folder.`,
    );
  }
  const within = (name: string) => join(root, name);
  return {
    root,
    postgres: within("postgres"),
    stripe: within("stripe"),
    mail: within("mail"),
    logs: within("logs"),
    secretsFile: within("secrets.json"),
    runFile: within("run.json"),
  };
}

/** Like `mkdirSync` with `recursive`, which never returns where the system refuses folders with ENOENT (/proc). */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o711 });
}

/** Reads the secrets, and makes those that are missing. @throws Problem when the file is there but unreadable. */
export function loadSecrets(folder: DataFolder): Secrets {
  const stored = readStored(folder.secretsFile);
  const complete = { ...generateSecrets(), ...stored };
  const parsed = secretsSchema.safeParse(complete);
  if (!parsed.success) {
    const name = parsed.error.issues[0]?.path.join(".");
    throw new Problem(
      `${folder.secretsFile} is damaged (${name}): restore it from a backup, or delete the file to have new secrets made (everybody is then signed out).`,
    );
  }
  // Of two first starts at once, one makes the secrets and the other takes them.
  if (stored === null) return createWhole(folder.secretsFile, complete) ? parsed.data : loadSecrets(folder);
  if (Object.keys(complete).some((name) => !(name in stored))) writeWhole(folder.secretsFile, complete);
  return parsed.data;
}

function readStored(path: string): object | null {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return null;
    throw new Problem(
      `${path} cannot be read (${errorCode(error)}): start Lectern as the user who owns it, correct its owner or mode, or set DATA_DIR to another folder.`,
    );
  }
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    throw new Problem(
      `${path} is damaged (not JSON): restore it from a backup, or delete the file to have new secrets made (everybody is then signed out).`,
    );
  }
}

function generateSecrets(): Secrets {
  const secret = () => randomBytes(32).toString("base64url");
  return {
    authSecret: secret(),
    internalToken: secret(),
    certificateKey: secret(),
    postgresPassword: secret(),
    databasePassword: secret(),
    stripeSecretKey: `sk_test_${randomBytes(24).toString("hex")}`,
    stripePublishableKey: `pk_test_${randomBytes(24).toString("hex")}`,
    stripeWebhookSecret: `whsec_${randomBytes(24).toString("hex")}`,
    mailApiKey: `re_${randomBytes(16).toString("hex")}`,
    demoPasswords: { admin: readablePassword(), first: readablePassword(), second: readablePassword() },
  };
}

/** 16 characters (about 79 bits) without look-alikes, in groups, since people type it. */
function readablePassword(): string {
  const letters = "abcdefghjkmnpqrstuvwxyz23456789";
  const pick = () => letters[randomBytes(4).readUInt32BE() % letters.length] ?? "";
  return Array.from({ length: 4 }, () => Array.from({ length: 4 }, pick).join("")).join("-");
}

/** Writes beside and renames, so that a kill leaves the old file or the new one, never half of one. */
export function writeWhole(path: string, value: unknown): void {
  throughDraft(path, value, (draft) => renameSync(draft, path));
}

/** The same for a file that must not be there yet; false when it is, and then it stays as it is. */
export function createWhole(path: string, value: unknown): boolean {
  return throughDraft(path, value, (draft) => {
    try {
      placeNew(draft, path);
      return true;
    } catch (error) {
      if (errorCode(error) === "EEXIST") return false;
      throw error;
    } finally {
      rmSync(draft);
    }
  });
}

function placeNew(draft: string, path: string): void {
  try {
    linkSync(draft, path);
  } catch (error) {
    // Not every file system knows links: FAT, and some that containers share with their host.
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"].includes(errorCode(error))) throw error;
    copyFileSync(draft, path, constants.COPYFILE_EXCL);
  }
}

function throughDraft<T>(path: string, value: unknown, place: (draft: string) => T): T {
  const draft = `${path}.${process.pid}.new`;
  try {
    const file = openSync(draft, "w", 0o600);
    try {
      writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    return place(draft);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** The system's error code, such as EACCES. */
export function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
