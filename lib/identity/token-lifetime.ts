import type { TokenPurpose } from "./schema";

const MINUTE = 60;

/**
 * Seconds that a one-time token works. A link is short-lived when it opens an account by itself, and as long as people
 * need to get to their mail when it only proves the mailbox. Source: OWASP ASVS 5.0, 6.5.5 and 6.4.3.
 */
export const TOKEN_SECONDS: Readonly<Record<TokenPurpose, number>> = {
  sign_up: 60 * MINUTE,
  verify_address: 24 * 60 * MINUTE,
  sign_in: 15 * MINUTE,
  reset_password: 30 * MINUTE,
  second_step: 10 * MINUTE,
  change_email: 60 * MINUTE,
  provider: 10 * MINUTE,
};
