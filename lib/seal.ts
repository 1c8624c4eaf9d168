import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { env } from "./env";

/**
 * Encryption of what the database must keep but not show: keys of authenticator apps, tokens on their way to the mail.
 * AES-256-GCM; each `purpose` (such as "totp 0197…") has a key of its own, derived from AUTH_SECRET, so that a sealed text
 * cannot be moved to another row.
 */
export function seal(text: string, purpose: string, secret = env().AUTH_SECRET): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyFor(purpose, secret), nonce);
  const sealed = Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return sealed.toString("base64url");
}

/** The text, or null when it was sealed for another purpose, under another secret, or changed since. */
export function unseal(sealed: string, purpose: string, secret = env().AUTH_SECRET): string | null {
  const bytes = Buffer.from(sealed, "base64url");
  if (bytes.length < 28) return null;
  const decipher = createDecipheriv("aes-256-gcm", keyFor(purpose, secret), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(-16));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}

/** A hash that nobody without the secret can compare guesses with; for codes short enough to be typed. */
export function keyedHash(text: string, purpose: string, secret = env().AUTH_SECRET): string {
  return createHmac("sha256", keyFor(purpose, secret)).update(text).digest("base64url");
}

function keyFor(purpose: string, secret: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "", `lectern ${purpose}`, 32));
}
