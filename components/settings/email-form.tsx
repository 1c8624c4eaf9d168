"use client";

import { useActionState } from "react";
import { EmailField } from "@/components/identity/email-field";
import { problemAt, problemsOf } from "@/components/identity/rejections";
import { PasswordField } from "@/components/ui/password-field";
import type { ActionState } from "@/lib/action";
import { changeEmailAction } from "@/lib/settings/actions";
import type { ChangeEmailRejection } from "@/lib/settings/schema";
import { changeEmailMessages } from "./rejections";
import { SettingsForm } from "./settings-form";

/** Asks for another address; it counts once its mailbox was proved. */
export function EmailForm() {
  const [state, action] = useActionState<ActionState<undefined, ChangeEmailRejection>, FormData>(
    changeEmailAction,
    null,
  );
  const refusal = state && !state.ok ? state.error : null;
  const { problems, general } = problemsOf(refusal, changeEmailMessages);
  return (
    <SettingsForm
      action={action}
      state={state}
      problems={problems.map(({ field, message }) => ({ field: idOf(field), message }))}
      general={general}
      done="Look into the new mailbox: the link there makes the change"
      press="Change the address"
      busyLabel="Sending a link"
    >
      <EmailField
        label="New e-mail address"
        autoComplete="email"
        defaultValue={refusal?.values?.email}
        error={problemAt(problems, "email")}
      />
      <PasswordField
        id={idOf("password")}
        label="Your password"
        autoComplete="current-password"
        required
        error={problemAt(problems, "password")}
      />
    </SettingsForm>
  );
}

/** Several forms of the page ask for the password. */
const idOf = (field: string) => (field === "password" ? "email-password" : field);
