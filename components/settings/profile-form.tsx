"use client";

import { useEffect } from "react";
import { Avatar } from "@/components/identity/avatar";
import { problemAt } from "@/components/identity/rejections";
import { keepPreferences } from "@/components/layout/preferences";
import { SegmentedControl } from "@/components/ui/choice";
import { SelectField, TextField } from "@/components/ui/field";
import { saveProfileAction } from "@/lib/settings/actions";
import { AVATARS, LOCALES, THEMES } from "@/lib/settings/profile-choices";
import type { Profile } from "@/lib/settings/schema";
import { profileMessages } from "./rejections";
import { SettingsForm } from "./settings-form";
import { useSettingsForm } from "./use-settings-form";

const themeLabels = { system: "As the device", light: "Light", dark: "Dark" } as const;

type Props = {
  readonly profile: Profile;
  readonly timeZones: readonly string[];
  /** Each with an example: "23 November 2026, 19:42". */
  readonly localeExamples: Readonly<Record<string, string>>;
};

/** Name and picture, and how pages are shown: zone, dates, theme. */
export function ProfileForm({ profile, timeZones, localeExamples }: Props) {
  const form = useSettingsForm(saveProfileAction, profileMessages);
  const saved = form.state?.ok ? form.state.value : null;
  useEffect(() => {
    if (saved) keepPreferences(saved, true);
  }, [saved]);
  const shown = saved ?? profile;
  return (
    <SettingsForm
      {...form}
      done="Your profile is saved"
      press="Save the profile"
      busyLabel="Saving"
      variant="primary"
    >
      <TextField
        name="name"
        label="Your name"
        help="It appears on your orders and certificates."
        autoComplete="name"
        required
        maxLength={80}
        defaultValue={form.refusal?.values?.name ?? shown.name}
        error={problemAt(form.problems, "name")}
      />
      <Pictures name={shown.name} chosen={Number(form.refusal?.values?.avatar ?? shown.avatar)} />
      <SelectField
        name="timeZone"
        label="Time zone"
        help="For dates and for the days of your streak."
        defaultValue={form.refusal?.values?.timeZone ?? shown.timeZone ?? ""}
        error={problemAt(form.problems, "timeZone")}
      >
        <option value="">As the device</option>
        {timeZones.map((zone) => (
          <option key={zone} value={zone}>
            {zone.replaceAll("_", " ")}
          </option>
        ))}
      </SelectField>
      <SelectField
        name="locale"
        label="Dates and numbers"
        defaultValue={form.refusal?.values?.locale ?? shown.locale ?? ""}
        error={problemAt(form.problems, "locale")}
      >
        <option value="">As the device</option>
        {LOCALES.map((locale) => (
          <option key={locale} value={locale}>
            {localeExamples[locale] ?? locale}
          </option>
        ))}
      </SelectField>
      <SegmentedControl
        name="theme"
        legend="Theme"
        options={THEMES.map((theme) => ({ value: theme, label: themeLabels[theme] }))}
        defaultValue={form.refusal?.values?.theme ?? shown.theme}
      />
    </SettingsForm>
  );
}

function Pictures({ name, chosen }: { readonly name: string; readonly chosen: number }) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-sm leading-snug font-medium">Picture</legend>
      <div className="flex flex-wrap gap-2">
        {Array.from({ length: AVATARS }, (_, picture) => picture).map((picture) => (
          <label
            key={picture}
            className="relative grid size-12 cursor-pointer place-items-center rounded-full border-2 border-transparent has-checked:border-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="avatar"
              value={picture}
              defaultChecked={picture === chosen}
              aria-label={`Picture ${picture + 1} of ${AVATARS}`}
              className="absolute inset-0 m-0 size-full cursor-pointer appearance-none opacity-0"
            />
            <Avatar name={name} picture={picture} className="size-10" />
          </label>
        ))}
      </div>
    </fieldset>
  );
}
