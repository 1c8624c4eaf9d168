import type { Metadata } from "next";
import { NotificationsForm } from "@/components/settings/notifications-form";
import { ProfileForm } from "@/components/settings/profile-form";
import { SettingsHead } from "@/components/settings/settings-head";
import { SettingsSection } from "@/components/settings/settings-section";
import { requireViewer } from "@/lib/identity/session";
import { LOCALES, TIME_ZONES } from "@/lib/settings/profile-choices";
import { getNotifications, getProfile } from "@/lib/settings/queries";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage() {
  const { userId } = await requireViewer("/account/settings");
  const [profile, wanted] = await Promise.all([getProfile(userId), getNotifications(userId)]);
  return (
    <>
      <SettingsHead current="/account/settings" />
      <SettingsSection id="profile" title="Profile" lead="Your name, and how pages look to you.">
        <ProfileForm profile={profile} timeZones={TIME_ZONES} localeExamples={localeExamples()} />
      </SettingsSection>
      <SettingsSection
        id="notifications"
        title="E-mails"
        lead="What we may write to you about, besides what we must."
      >
        <NotificationsForm wanted={wanted} />
      </SettingsSection>
    </>
  );
}

/** "Deutsch (Deutschland): 23. November 2026, 1.234,56", for each way of writing. */
function localeExamples(): Record<string, string> {
  const day = new Date(Date.UTC(2026, 10, 23));
  return Object.fromEntries(
    LOCALES.map((locale) => {
      const date = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(day);
      const name = new Intl.DisplayNames([locale], { type: "language" }).of(locale) ?? locale;
      return [locale, `${name}: ${date}`];
    }),
  );
}
