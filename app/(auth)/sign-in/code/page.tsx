import type { Metadata } from "next";
import { connection } from "next/server";
import { OtherPage } from "@/components/identity/other-page";
import { SecondStepForm } from "@/components/identity/second-step-form";

export const metadata: Metadata = { title: "Second step", robots: { index: false } };

/** The second step of signing in. What it is about stands in a cookie that only the server reads. */
export default async function SecondStepPage() {
  // Made anew for each request: the policy of personal pages lets no script run without its nonce.
  await connection();
  return (
    <>
      <h1>Second step</h1>
      <p className="mt-2 text-ink-soft">Your account asks for a code of your authenticator app.</p>
      <SecondStepForm />
      <OtherPage question="Not you?" page="/sign-in" label="Sign in again" returnTo={null} />
    </>
  );
}
