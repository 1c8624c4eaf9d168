"use client";

import { Checkbox } from "@/components/ui/choice";
import { saveNotificationsAction } from "@/lib/settings/actions";
import type { Notifications } from "@/lib/settings/schema";
import { profileMessages } from "./rejections";
import { SettingsForm } from "./settings-form";
import { useSettingsForm } from "./use-settings-form";

/** Which mails are sent, beside those that must be. */
export function NotificationsForm({ wanted }: { readonly wanted: Notifications }) {
  const form = useSettingsForm(saveNotificationsAction, profileMessages);
  return (
    <SettingsForm {...form} done="Your choice is saved" press="Save the choice" busyLabel="Saving">
      <fieldset className="grid">
        <legend className="mb-1.5 text-sm leading-snug font-medium">Send me mails about</legend>
        <Checkbox
          name="learning"
          label="My courses: welcome, news of what I learn"
          defaultChecked={wanted.learning}
        />
      </fieldset>
      <p className="text-sm text-ink-muted">
        Orders, receipts, refunds and the safety of your account are always told.
      </p>
    </SettingsForm>
  );
}
