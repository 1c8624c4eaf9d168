import type { Metadata } from "next";
import { EmailForm } from "@/components/settings/email-form";
import { LinkedSignIn } from "@/components/settings/linked-sign-ins";
import { PasswordForm } from "@/components/settings/password-form";
import { RecoveryCodesLeft } from "@/components/settings/recovery-codes-left";
import { Sessions } from "@/components/settings/sessions";
import { SettingsHead } from "@/components/settings/settings-head";
import { SettingsSection } from "@/components/settings/settings-section";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { listLinkedAccounts } from "@/lib/identity/linked-accounts";
import { configuredProviders } from "@/lib/identity/provider-client";
import { findSecondFactor } from "@/lib/identity/second-factor";
import { requireViewer } from "@/lib/identity/session";
import { getProfile, listSessions } from "@/lib/settings/queries";

export const metadata: Metadata = { title: "Sign-in and safety" };

export default async function SecurityPage({ searchParams }: PageProps<"/account/settings/security">) {
  const viewer = await requireViewer("/account/settings/security");
  const { linked: outcome } = await searchParams;
  const providers = configuredProviders();
  const [profile, sessions, secondFactor, linked] = await Promise.all([
    getProfile(viewer.userId),
    listSessions(viewer.userId),
    findSecondFactor(viewer.userId),
    listLinkedAccounts(viewer.userId),
  ]);
  return (
    <>
      <SettingsHead current="/account/settings/security" />
      <SettingsSection
        id="email-address"
        title="E-mail address"
        lead={
          <>
            Your address is <strong className="font-medium wrap-anywhere text-ink">{profile.email}</strong>.
            It changes once you have confirmed a new one.
          </>
        }
      >
        {profile.hasPassword ? <EmailForm /> : <NoPassword />}
      </SettingsSection>
      <SettingsSection
        id="password-change"
        title="Password"
        lead="Changing it signs out every other browser."
      >
        {profile.hasPassword ? <PasswordForm email={profile.email} /> : <NoPassword />}
      </SettingsSection>
      <SettingsSection
        id="two-step"
        title="Two-step sign-in"
        lead="A code from your phone, after the password. Nobody gets in with the password alone."
      >
        <p className="mb-4 text-sm text-ink-soft">
          {secondFactor ? (
            <>
              It is on. <RecoveryCodesLeft count={secondFactor.recoveryCodesLeft} />
            </>
          ) : (
            "It is off."
          )}
        </p>
        <ButtonLink href="/account/settings/two-step">
          {secondFactor ? "Manage two-step sign-in" : "Set up two-step sign-in"}
        </ButtonLink>
      </SettingsSection>
      {providers.length > 0 ? (
        <SettingsSection
          id="linked"
          title="Linked sign-ins"
          lead="Sign in with an account that you have elsewhere. Two-step sign-in still applies."
        >
          <LinkOutcome outcome={outcome} />
          {providers.map((provider) => (
            <LinkedSignIn
              key={provider}
              provider={provider}
              linked={linked.find((one) => one.provider === provider) ?? null}
            />
          ))}
        </SettingsSection>
      ) : null}
      <SettingsSection
        id="sessions"
        title="Signed-in devices"
        lead="Ending a session signs that browser out at once. The numbers are the first part of its internet address."
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
      <p>Your account has no password yet. Choose one first; we send you a link for that.</p>
      <ButtonLink href="/reset-password">Choose a password</ButtonLink>
    </div>
  );
}

/** How the way to the other service ended. */
function LinkOutcome({ outcome }: { readonly outcome: string | string[] | undefined }) {
  if (outcome === "yes")
    return <Notice tone="success" role="status" title="The sign-in is linked" className="mb-5" />;
  if (outcome === "elsewhere")
    return (
      <Notice tone="danger" role="alert" title="That sign-in opens another account here" className="mb-5">
        <p>Unlink it there first.</p>
      </Notice>
    );
  return outcome === "failed" ? (
    <Notice tone="danger" role="alert" title="Nothing was linked" className="mb-5">
      <p>Try it again.</p>
    </Notice>
  ) : null;
}
