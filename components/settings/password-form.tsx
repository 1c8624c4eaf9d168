"use client";

import { useActionState } from "react";
import { problemAt, problemsOf } from "@/components/identity/rejections";
import { PasswordField } from "@/components/ui/password-field";
import type { ActionState } from "@/lib/action";
import { changePasswordAction } from "@/lib/settings/actions";
import type { ChangePasswordRejection } from "@/lib/settings/schema";
import { changePasswordMessages } from "./rejections";
import { SettingsForm } from "./settings-form";

/** Sets another password and signs every other browser out. */
export function PasswordForm({ email }: { readonly email: string }) {
  const [state, action] = useActionState<ActionState<undefined, ChangePasswordRejection>, FormData>(
    changePasswordAction,
    null,
  );
  const refusal = state && !state.ok ? state.error : null;
  const { problems, general } = problemsOf(refusal, changePasswordMessages);
  return (
    <SettingsForm
      action={action}
      state={state}
      problems={problems}
      general={general}
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
        error={problemAt(problems, "currentPassword")}
      />
      <PasswordField
        name="newPassword"
        label="New password"
        help="At least 8 characters. A few words in a row are easy to keep in mind and hard to guess."
        autoComplete="new-password"
        required
        error={problemAt(problems, "newPassword")}
      />
    </SettingsForm>
  );
}
