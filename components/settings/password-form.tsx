"use client";

import { problemAt } from "@/components/identity/rejections";
import { PasswordField } from "@/components/ui/password-field";
import { changePasswordAction } from "@/lib/settings/actions";
import { changePasswordMessages } from "./rejections";
import { SettingsForm } from "./settings-form";
import { useSettingsForm } from "./use-settings-form";

/** Sets another password and signs every other browser out. */
export function PasswordForm({ email }: { readonly email: string }) {
  const form = useSettingsForm(changePasswordAction, changePasswordMessages);
  return (
    <SettingsForm
      {...form}
      done="Your password is changed, and every other browser is signed out"
      press="Change the password"
      busyLabel="Changing the password"
    >
      <input type="hidden" name="username" autoComplete="username" value={email} />
      <PasswordField
        name="currentPassword"
        label="Current password"
        autoComplete="current-password"
        required
        error={problemAt(form.problems, "currentPassword")}
      />
      <PasswordField
        name="newPassword"
        label="New password"
        help="At least 8 characters. A few words in a row are easy to remember and hard to guess."
        autoComplete="new-password"
        required
        error={problemAt(form.problems, "newPassword")}
      />
    </SettingsForm>
  );
}
