import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { OtherPage } from "@/components/identity/other-page";
import { ProviderButtons } from "@/components/identity/provider-buttons";
import { SignUpForm } from "@/components/identity/sign-up-form";
import { configuredProviders } from "@/lib/identity/provider-client";
import { AFTER_SIGN_IN, safeReturnTo } from "@/lib/identity/safe-return-to";
import { findViewer } from "@/lib/identity/session";

export const metadata: Metadata = { title: "Create an account", robots: { index: false } };

export default async function SignUpPage({ searchParams }: PageProps<"/sign-up">) {
  const wanted = (await searchParams).returnTo;
  if (await findViewer()) redirect(safeReturnTo(wanted, AFTER_SIGN_IN) as Route);
  const returnTo = safeReturnTo(wanted, "") || null;
  const buying = returnTo !== null && /^\/(cart|checkout)\b/.test(returnTo);
  return (
    <>
      <h1>Create an account</h1>
      <p className="mt-2 text-ink-soft">
        {buying
          ? "Your cart is kept, and you go straight back to it."
          : "For your courses, your progress and your receipts."}
      </p>
      <SignUpForm returnTo={returnTo} />
      <ProviderButtons providers={configuredProviders()} returnTo={returnTo} />
      <OtherPage question="Have an account?" page="/sign-in" label="Sign in" returnTo={returnTo} />
    </>
  );
}
