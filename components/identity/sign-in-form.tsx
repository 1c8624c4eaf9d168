"use client";

import type { Route } from "next";
import { ButtonLink } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choice";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Form } from "@/components/ui/form";
import { Link } from "@/components/ui/link";
import { PasswordField } from "@/components/ui/password-field";
import { SubmitButton } from "@/components/ui/submit-button";
import { useFormAction } from "@/components/ui/use-form-action";
import { signInAction } from "@/lib/identity/actions";
import { EmailField } from "./email-field";
import { problemAt, problemsOf, signInMessages } from "./rejections";

/** Signs in and goes on to `returnTo`. Posts without scripts too; keeps the address, never the password. */
export function SignInForm({ returnTo }: { readonly returnTo: string | null }) {
  const { state, attempt, form } = useFormAction(signInAction);
  const refusal = state && !state.ok ? state.error : null;
  const { problems, general } = problemsOf(refusal, signInMessages);
  const typed = refusal?.values;
  const linkPage = returnTo ? `/sign-in/link?${new URLSearchParams({ returnTo })}` : "/sign-in/link";
  return (
    <Form {...form} className="mt-6 grid gap-5" noValidate>
      {refusal ? (
        <ErrorSummary key={attempt} title="We could not sign you in" problems={problems}>
          {general ? <p>{general}</p> : null}
        </ErrorSummary>
      ) : null}
      {returnTo ? <input type="hidden" name="returnTo" value={returnTo} /> : null}
      <EmailField defaultValue={typed?.email} error={problemAt(problems, "email")} />
      <PasswordField
        label="Password"
        aside={<Link href="/reset-password">Forgot it?</Link>}
        autoComplete="current-password"
        required
        error={
          refusal?.code === "wrong_credentials"
            ? "Check capital letters. After five wrong tries there is a pause of ten minutes."
            : problemAt(problems, "password")
        }
      />
      <Checkbox
        name="stay"
        label="Stay signed in on this device"
        defaultChecked={!typed || typed.stay === "on"}
      />
      <SubmitButton variant="primary" size="large" block busyLabel="Signing in">
        Sign in
      </SubmitButton>
      <ButtonLink href={linkPage as Route} variant="quiet" block>
        Send me a link instead
      </ButtonLink>
    </Form>
  );
}
