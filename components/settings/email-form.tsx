"use client";

import { EmailField } from "@/components/identity/email-field";
import { problemAt } from "@/components/identity/rejections";
import { PasswordField } from "@/components/ui/password-field";
import { changeEmailAction } from "@/lib/settings/actions";
import { changeEmailMessages } from "./rejections";
import { SettingsForm } from "./settings-form";
import { useSettingsForm } from "./use-settings-form";

/** Asks for another address; it counts once its mailbox was proved. */
export function EmailForm() {
  const form = useSettingsForm(changeEmailAction, changeEmailMessages);
  return (
    <SettingsForm
      {...form}
      problems={form.problems.map(({ field, message }) => ({ field: idOf(field), message }))}
      done="Check the new mailbox: the link there makes the change"
      press="Change the address"
      busyLabel="Sending a link"
    >
      <EmailField
        label="New e-mail address"
        autoComplete="email"
        defaultValue={form.refusal?.values?.email}
        error={problemAt(form.problems, "email")}
      />
      <PasswordField
        id={idOf("password")}
        label="Your password"
        autoComplete="current-password"
        required
        error={problemAt(form.problems, "password")}
      />
    </SettingsForm>
  );
}

/** Several forms of the page ask for the password. */
const idOf = (field: string) => (field === "password" ? "email-password" : field);
