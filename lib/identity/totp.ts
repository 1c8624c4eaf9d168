import { Secret, TOTP } from "otpauth";

/** What every authenticator app does without being told: SHA-1, six digits, 30 seconds. Source: RFC 6238. */
const PERIOD = 30;

function totpOf(secret: string, issuer = "", label = ""): TOTP {
  return new TOTP({ issuer, label, secret: Secret.fromBase32(secret), digits: 6, period: PERIOD });
}

/** The address that an authenticator app reads from the QR code. `secret` in base32. */
export function totpAddress(secret: string, issuer: string, account: string): string {
  return totpOf(secret, issuer, account).toString();
}

/**
 * The 30-second step that `code` belongs to, one earlier or later included for clocks that differ; null when it is wrong.
 * The caller takes each step once.
 */
export function totpStep(secret: string, code: string, now: Date): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const delta = totpOf(secret).validate({ token: code, timestamp: now.getTime(), window: 1 });
  return delta === null ? null : Math.floor(now.getTime() / 1000 / PERIOD) + delta;
}

/** The code that an authenticator app shows now. */
export function totpCode(secret: string, now: Date): string {
  return totpOf(secret).generate({ timestamp: now.getTime() });
}
