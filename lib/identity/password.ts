/** Adapter: argon2id. Parameters: OWASP Password Storage Cheat Sheet (19 MiB, 2 passes, 1 lane). */
import "server-only";
import { hash, type Options, verify } from "@node-rs/argon2";
import { newSecret } from "../ids";

// `algorithm` stays at the library's default, argon2id; a test reads it off the hash.
const options: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Of a password that nobody knows; made as this module loads, so that the first comparison takes no longer. */
const nobodysHash = hash(newSecret(), options);

/** The encoded hash with its parameters and salt. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, options);
}

/** Compares exactly what was typed. For an unknown account (null) it works as long, and answers false. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const nobodys = await nobodysHash;
  const matches = await verify(passwordHash ?? nobodys, password);
  return matches && passwordHash !== null;
}
