import type { FieldProblem } from "@/components/ui/error-summary";
import type { CommonRejection } from "@/lib/action";
import type { SignInRejection, SignUpRejection } from "@/lib/identity/schema";

/** What a form says after a refusal: in the summary, and at the field that it is about. */
type Message = { readonly field?: string; readonly text: string };

const common = {
  foreign_origin: {
    text: "This form was not sent from the shop’s own address. Open the page again and retry.",
  },
  signed_out: { text: "You are signed out. Open the page again and retry." },
  forbidden: { text: "Your account may not do this." },
  invalid_input: { text: "Some of what you typed needs a look." },
} satisfies Record<CommonRejection, Message>;

export const signInMessages = {
  ...common,
  wrong_credentials: { field: "password", text: "The e-mail address or the password is not right." },
  throttled: { text: "Too many tries in a row. Wait ten minutes, then try again." },
} satisfies Record<SignInRejection | CommonRejection, Message>;

export const signUpMessages = {
  ...common,
  address_unavailable: {
    field: "email",
    text: "No account could be made with this e-mail address. If you have one already, sign in instead.",
  },
  password_common: {
    field: "password",
    text: "This password is on every list that attackers try first. Choose another, such as a few words in a row.",
  },
  password_personal: {
    field: "password",
    text: "This password repeats your name, your address or the shop’s name. Choose another.",
  },
  throttled: { text: "Too many accounts were asked for from your network. Wait an hour, then try again." },
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
