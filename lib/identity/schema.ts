import { z } from "zod";
import { normaliseEmail } from "./normalise-email";
import { PASSWORD_MAX, PASSWORD_MIN, passwordLength } from "./password-policy";
import { PROVIDERS } from "./providers";

/** What a one-time token is good for. */
export type TokenPurpose =
  | "sign_up"
  | "verify_address"
  | "sign_in"
  | "reset_password"
  | "second_step"
  | "change_email"
  | "provider";

/** The address of one mailbox, in the spelling that is stored. */
export const email = z.string().transform((typed, context) => {
  const address = normaliseEmail(typed);
  if (address !== null) return address;
  context.addIssue({ code: "custom", message: "Enter one e-mail address, such as name@example.com." });
  return z.NEVER;
});

/** What a person is called; one line. */
export const name = z
  .string()
  .transform((typed) =>
    typed
      .normalize("NFC")
      .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, " ")
      .trim(),
  )
  .pipe(z.string().min(1, "Enter your name.").max(80, "Use at most 80 characters."));

export const newPassword = z
  .string()
  .refine((typed) => passwordLength(typed) >= PASSWORD_MIN, `Use at least ${PASSWORD_MIN} characters.`)
  .refine((typed) => passwordLength(typed) <= PASSWORD_MAX, `Use at most ${PASSWORD_MAX} characters.`);

const returnTo = z.string().optional();

export const signUpInput = z.object({ name, email, password: newPassword, returnTo });

/** A link is asked for by address alone; the answer is the same for every address. */
export const linkInput = z.object({ email, returnTo });

export const providerInput = z.object({ provider: z.enum(PROVIDERS), returnTo });

/** 256 bits in base64url; whatever else is posted is no link of ours. */
const token = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
export const tokenInput = z.object({ token });
/** The password is asked for in browsers other than the one where the account was asked for. */
export const completeSignUpInput = z.object({
  token,
  password: z
    .string()
    .max(4 * PASSWORD_MAX)
    .optional(),
});
export const resetPasswordInput = z.object({ token, password: newPassword });

/** Whatever is typed: spaces are dropped, and a recovery code may be given instead of the app's six digits. */
export const secondStepInput = z.object({
  code: z
    .string()
    .transform((typed) => typed.replace(/[\s-]/g, "").toUpperCase())
    .pipe(z.string().min(1, "Enter the code.").max(40, "The code is too long.")),
});

/** Sign-in names no rule of passwords: whatever is typed is right or wrong. */
export const signInInput = z.object({
  email,
  password: z
    .string()
    .min(1, "Enter your password.")
    .max(4 * PASSWORD_MAX, "The password is too long."),
  /** A ticked box posts "on", an empty one nothing. */
  stay: z
    .string()
    .optional()
    .transform((ticked) => ticked === "on"),
  returnTo,
});

/** For actions that need to be told nothing. */
export const emptyInput = z.object({});

export type WeakPassword = "password_common" | "password_personal";
export type SignUpRejection = WeakPassword | "throttled";
export type LinkRejection = "throttled";
export type TokenRejection = "link_spent" | "throttled";
export type CompleteSignUpRejection = TokenRejection | "wrong_password";
export type ResetPasswordRejection = WeakPassword | TokenRejection;
export type SecondStepRejection = "wrong_code" | "step_over" | "throttled";
export type SignInRejection = "wrong_credentials" | "throttled";
