import { createHash } from "node:crypto";

/** What the database keeps of a secret of 256 random bits: a plain hash is enough, since nobody can guess one. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}
