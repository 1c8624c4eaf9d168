"use client";

import { Checkbox } from "@/components/ui/choice";
import { OPTIONAL_MAIL_WORDS, OPTIONAL_MAILS } from "@/lib/notifications/optional-mails";
import { saveNotificationsAction } from "@/lib/settings/actions";
import type { Notifications } from "@/lib/settings/schema";
import { profileMessages } from "./rejections";
import { SettingsForm } from "./settings-form";
import { useSettingsForm } from "./use-settings-form";

/** Which mails are sent, beside those that must be. */
export function NotificationsForm({ wanted }: { readonly wanted: Notifications }) {
  const form = useSettingsForm(saveNotificationsAction, profileMessages);
  const saved = form.state?.ok ? form.state.value : wanted;
  const typed = form.refusal?.values;
  return (
    <SettingsForm {...form} done="Your choice is saved" press="Save the choice" busyLabel="Saving">
      <fieldset className="grid">
        <legend className="mb-1.5 text-sm leading-snug font-medium">Send me mails about</legend>
        {OPTIONAL_MAILS.map((group) => {
          const { mine, when } = OPTIONAL_MAIL_WORDS[group];
          return (
            <Checkbox
              key={group}
              name={group}
              label={`${mine.charAt(0).toUpperCase()}${mine.slice(1)}: ${when}`}
              defaultChecked={typed ? typed[group] === "on" : saved[group]}
            />
          );
        })}
      </fieldset>
      <p className="text-sm text-ink-muted">
        We always write to you about orders, receipts, refunds and the safety of your account.
      </p>
    </SettingsForm>
  );
}
