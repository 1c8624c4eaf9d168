import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { OtherPage } from "@/components/identity/other-page";
import { ProviderButtons, ProviderOutcome } from "@/components/identity/provider-buttons";
import { SignInForm } from "@/components/identity/sign-in-form";
import { Notice } from "@/components/ui/notice";
import { env } from "@/lib/env";
import { configuredProviders } from "@/lib/identity/provider-client";
import { AFTER_SIGN_IN, safeReturnTo } from "@/lib/identity/safe-return-to";
import { findViewer } from "@/lib/identity/session";

export const metadata: Metadata = { title: "Sign in", robots: { index: false } };

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const { returnTo: wanted, password, linked, blocked } = await searchParams;
  if (await findViewer()) redirect(safeReturnTo(wanted, AFTER_SIGN_IN) as Route);
  const returnTo = safeReturnTo(wanted, "") || null;
  const buying = returnTo !== null && /^\/(cart|checkout)\b/.test(returnTo);
  return (
    <>
      <h1>Sign in</h1>
      <p className="mt-2 text-ink-soft">
        {buying
          ? "Your cart is kept, and you go straight back to it."
          : "Pick up your courses where you left off."}
      </p>
      {password === "changed" ? (
        <Notice tone="success" role="status" title="Your new password is saved" className="mt-6">
          <p>Every browser was signed out. Sign in with the new password.</p>
        </Notice>
      ) : null}
      {blocked === "yes" ? (
        <Notice tone="danger" role="alert" title="This account is blocked" className="mt-6">
          <p>Write to the shop if you believe that this is a mistake.</p>
        </Notice>
      ) : null}
      <ProviderOutcome outcome={typeof linked === "string" ? linked : undefined} />
      <SignInForm returnTo={returnTo} />
      <ProviderButtons providers={configuredProviders()} returnTo={returnTo} />
      <OtherPage question="New here?" page="/sign-up" label="Create an account" returnTo={returnTo} />
      {hasDemoAccounts() ? (
        <Notice title="Only looking around?" className="mt-6">
          <p>The logins of the demo accounts are printed in the terminal where the shop was started.</p>
        </Notice>
      ) : null}
    </>
  );
}

/** They are made together with the local stand-in for Stripe. */
function hasDemoAccounts(): boolean {
  const { testMode, STRIPE_API_BASE } = env();
  return testMode && STRIPE_API_BASE !== undefined;
}
