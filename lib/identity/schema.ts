import { z } from "zod";
import { normaliseEmail } from "./normalise-email";
import { PASSWORD_MAX, PASSWORD_MIN, passwordLength } from "./password-policy";

const email = z.string().transform((typed, context) => {
  const address = normaliseEmail(typed);
  if (address !== null) return address;
  context.addIssue({ code: "custom", message: "Enter one e-mail address, such as name@example.com." });
  return z.NEVER;
});

const name = z
  .string()
  .transform((typed) =>
    typed
      .normalize("NFC")
      .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, " ")
      .trim(),
  )
  .pipe(z.string().min(1, "Enter your name.").max(80, "Use at most 80 characters."));

const newPassword = z
  .string()
  .refine((typed) => passwordLength(typed) >= PASSWORD_MIN, `Use at least ${PASSWORD_MIN} characters.`)
  .refine((typed) => passwordLength(typed) <= PASSWORD_MAX, `Use at most ${PASSWORD_MAX} characters.`);

const returnTo = z.string().optional();

export const signUpInput = z.object({ name, email, password: newPassword, returnTo });

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

export const signOutInput = z.object({});

export type SignUpRejection = "address_unavailable" | "password_common" | "password_personal" | "throttled";
export type SignInRejection = "wrong_credentials" | "throttled";
