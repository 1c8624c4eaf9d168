import type { FieldProblem } from "@/components/ui/error-summary";
import type { CommonRejection } from "@/lib/action";
import type {
  CompleteSignUpRejection,
  LinkRejection,
  ResetPasswordRejection,
  SecondStepRejection,
  SignInRejection,
  SignUpRejection,
  TokenRejection,
  WeakPassword,
} from "@/lib/identity/schema";

/** What a form says after a refusal: in the summary, and at the field that it is about. */
export type Message = { readonly field?: string; readonly text: string };

export const commonMessages = {
  foreign_origin: {
    text: "This form was not sent from the shop’s own address. Open the page again and retry.",
  },
  signed_out: {
    text: "You are signed out. Sign in in another tab, then press again: what you typed stays here.",
  },
  forbidden: { text: "Your account may not do this." },
  invalid_input: { text: "Some of what you typed needs a look." },
} satisfies Record<CommonRejection, Message>;

export const weakPasswordMessages = {
  password_common: {
    field: "password",
    text: "This password is on every list that attackers try first. Choose another, such as a few words in a row.",
  },
  password_personal: {
    field: "password",
    text: "This password repeats your name, your address or the shop’s name. Choose another.",
  },
} satisfies Record<WeakPassword, Message>;

export const linkMessages = {
  ...commonMessages,
  throttled: { text: "Too many links were asked for. Use the newest one you got, or wait an hour." },
} satisfies Record<LinkRejection | CommonRejection, Message>;

export const tokenMessages = {
  ...commonMessages,
  link_spent: { text: "This link was used already or is too old. Ask for a new one." },
  throttled: { text: "Too many links that did not work. Wait an hour, then try again." },
} satisfies Record<TokenRejection | CommonRejection, Message>;

export const completeSignUpMessages = {
  ...tokenMessages,
  wrong_password: {
    field: "password",
    text: "This is not the password that was chosen when the account was asked for.",
  },
} satisfies Record<CompleteSignUpRejection | CommonRejection, Message>;

export const resetPasswordMessages = {
  ...tokenMessages,
  ...weakPasswordMessages,
} satisfies Record<ResetPasswordRejection | CommonRejection, Message>;

export const secondStepMessages = {
  ...commonMessages,
  wrong_code: { field: "code", text: "This code is not right, or was used already. Wait for the next one." },
  step_over: { text: "The first step was too long ago. Sign in again." },
  throttled: {
    text: "Too many wrong codes. Wait ten minutes, then try again; after very many it takes a day.",
  },
} satisfies Record<SecondStepRejection | CommonRejection, Message>;

export const signInMessages = {
  ...commonMessages,
  wrong_credentials: { field: "password", text: "The e-mail address or the password is not right." },
  throttled: {
    text: "Too many tries. Wait ten minutes, then try again; after very many it takes an hour or a day.",
  },
} satisfies Record<SignInRejection | CommonRejection, Message>;

export const signUpMessages = {
  ...commonMessages,
  ...weakPasswordMessages,
  throttled: { text: "Too many accounts were asked for. Wait an hour, then try again." },
} satisfies Record<SignUpRejection | CommonRejection, Message>;

type Refusal<Code extends string> = {
  readonly code: Code;
  readonly fields?: Readonly<Record<string, string>>;
};

/** The problems of a refused form by field, in the order of the form; `general` when no field is to blame. */
export function problemsOf<Code extends string>(
  refusal: Refusal<Code> | null,
  messages: Readonly<Record<Code, Message>>,
): { readonly problems: readonly FieldProblem[]; readonly general: string | null } {
  if (!refusal) return { problems: [], general: null };
  if (refusal.fields) {
    return {
      problems: Object.entries(refusal.fields).map(([field, message]) => ({ field, message })),
      general: null,
    };
  }
  const { field, text } = messages[refusal.code];
  return field ? { problems: [{ field, message: text }], general: null } : { problems: [], general: text };
}

/** The message at one field. */
export function problemAt(problems: readonly FieldProblem[], field: string): string | undefined {
  return problems.find((problem) => problem.field === field)?.message;
}
