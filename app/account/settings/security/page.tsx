import type { Metadata } from "next";
import { EmailForm } from "@/components/settings/email-form";
import { PasswordForm } from "@/components/settings/password-form";
import { Sessions } from "@/components/settings/sessions";
import { SettingsHead } from "@/components/settings/settings-head";
import { SettingsSection } from "@/components/settings/settings-section";
import { ButtonLink } from "@/components/ui/button";
import { findSecondFactor } from "@/lib/identity/second-factor";
import { requireViewer } from "@/lib/identity/session";
import { getProfile, listSessions } from "@/lib/settings/queries";

export const metadata: Metadata = { title: "Sign-in and safety" };

export default async function SecurityPage() {
  const viewer = await requireViewer("/account/settings/security");
  const [profile, sessions, secondFactor] = await Promise.all([
    getProfile(viewer.userId),
    listSessions(viewer.userId),
    findSecondFactor(viewer.userId),
  ]);
  return (
    <>
      <SettingsHead current="/account/settings/security" />
      <SettingsSection
        id="email-address"
        title="E-mail address"
        lead={
          <>
            Now it is <strong className="font-medium wrap-anywhere text-ink">{profile.email}</strong>. It
            changes once you have confirmed the new one.
          </>
        }
      >
        {profile.hasPassword ? <EmailForm /> : <NoPassword />}
      </SettingsSection>
      <SettingsSection id="password-change" title="Password" lead="A new one signs out every other browser.">
        {profile.hasPassword ? <PasswordForm email={profile.email} /> : <NoPassword />}
      </SettingsSection>
      <SettingsSection
        id="two-step"
        title="Two-step sign-in"
        lead="A code from your phone, after the password. Nobody gets in with the password alone."
      >
        <p className="mb-4 text-sm text-ink-soft">
          {secondFactor
            ? `It is on. ${secondFactor.recoveryCodesLeft} recovery codes are left.`
            : "It is off."}
        </p>
        <ButtonLink href="/account/settings/two-step">
          {secondFactor ? "Manage two-step sign-in" : "Set up two-step sign-in"}
        </ButtonLink>
      </SettingsSection>
      <SettingsSection
        id="sessions"
        title="Signed-in devices"
        lead="Ending a session signs that browser out at once. The numbers are the beginning of its internet address."
      >
        <Sessions sessions={sessions} current={viewer.sessionId} />
      </SettingsSection>
    </>
  );
}

/** An account that only linked sign-ins open: what asks for the password needs one first. */
function NoPassword() {
  return (
    <div className="grid justify-items-start gap-4 text-sm text-ink-soft">
      <p>Your account has no password yet. Choose one by mail, and this is open to you.</p>
      <ButtonLink href="/reset-password">Choose a password</ButtonLink>
    </div>
  );
}
