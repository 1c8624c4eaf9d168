import type { Metadata } from "next";
import { CompleteSignUpForm } from "@/components/identity/complete-sign-up-form";
import { InboxHint } from "@/components/identity/inbox-hint";
import { OpenLinkForm } from "@/components/identity/open-link-form";
import { OtherPage } from "@/components/identity/other-page";
import { SpentLink } from "@/components/identity/spent-link";
import { findLinkOwner, findSignUp } from "@/lib/identity/mailed-links";
import { tokenInput } from "@/lib/identity/schema";
import { readStep } from "@/lib/identity/step-cookie";
import { findNewAddress } from "@/lib/settings/queries";

export const metadata: Metadata = { title: "Confirm your e-mail address", robots: { index: false } };

/** After signing up: where to look. With a link's token: the button that uses it. */
export default async function VerifyEmailPage({ searchParams }: PageProps<"/verify-email">) {
  const query = await searchParams;
  if (query.token === undefined) return <LookIntoMailbox />;
  const { success, data } = tokenInput.safeParse(query);
  const asked = success ? await findSignUp(data.token, await readStep("sign_up")) : null;
  if (success && asked) {
    return (
      <>
        <h1>Create your account</h1>
        <p className="mt-2 wrap-anywhere text-ink-soft">
          {asked.name}, with the address <strong className="font-medium text-ink">{asked.email}</strong>.
        </p>
        <CompleteSignUpForm token={data.token} email={asked.email} askPassword={!asked.sameBrowser} />
      </>
    );
  }
  const newAddress = success ? await findNewAddress(data.token) : null;
  if (success && newAddress !== null) {
    return (
      <>
        <h1>Your new e-mail address</h1>
        <p className="mt-2 wrap-anywhere text-ink-soft">
          Is <strong className="font-medium text-ink">{newAddress}</strong> yours?
        </p>
        <OpenLinkForm kind="change_email" token={data.token} />
      </>
    );
  }
  const owner = success ? await findLinkOwner("verify_address", data.token) : null;
  if (!success || !owner) return <SpentLink href="/sign-in" label="Sign in" />;
  return (
    <>
      <h1>Confirm your e-mail address</h1>
      <p className="mt-2 wrap-anywhere text-ink-soft">
        Is <strong className="font-medium text-ink">{owner.email}</strong> yours?
      </p>
      <OpenLinkForm kind="verify_address" token={data.token} />
    </>
  );
}

function LookIntoMailbox() {
  return (
    <>
      <h1>Look into your mailbox</h1>
      <p className="mt-2 text-ink-soft">
        We sent you an e-mail. Open the link in it to pick up where you left off; your cart is kept.
      </p>
      <p className="mt-4 text-sm text-ink-muted">
        It arrives within a minute or two; check your spam folder too. The link works for an hour.
      </p>
      <InboxHint />
      <OtherPage
        question="Nothing arrived?"
        page="/sign-up"
        label="Check the address and try again"
        returnTo={null}
      />
    </>
  );
}
