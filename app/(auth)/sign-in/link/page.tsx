import type { Metadata } from "next";
import { InboxHint } from "@/components/identity/inbox-hint";
import { LinkRequestForm } from "@/components/identity/link-request-form";
import { OpenLinkForm } from "@/components/identity/open-link-form";
import { OtherPage } from "@/components/identity/other-page";
import { SpentLink } from "@/components/identity/spent-link";
import { findLinkOwner } from "@/lib/identity/mailed-links";
import { safeReturnTo } from "@/lib/identity/safe-return-to";
import { tokenInput } from "@/lib/identity/schema";

export const metadata: Metadata = { title: "Sign in by mail", robots: { index: false } };

/** Asks for a link; with a link's token, shows the button that signs in. */
export default async function SignInLinkPage({ searchParams }: PageProps<"/sign-in/link">) {
  const query = await searchParams;
  if (query.token === undefined) {
    const returnTo = safeReturnTo(query.returnTo, "") || null;
    return (
      <>
        <h1>Sign in by mail</h1>
        <p className="mt-2 text-ink-soft">We send you a link that signs you in without a password.</p>
        <LinkRequestForm kind="sign_in" returnTo={returnTo} />
        <InboxHint />
        <OtherPage question="Know your password?" page="/sign-in" label="Sign in" returnTo={returnTo} />
      </>
    );
  }
  const { success, data } = tokenInput.safeParse(query);
  const owner = success ? await findLinkOwner("sign_in", data.token) : null;
  if (!success || !owner) return <SpentLink href="/sign-in/link" label="Ask for a new link" />;
  return (
    <>
      <h1>Sign in</h1>
      <p className="mt-2 wrap-anywhere text-ink-soft">
        As <strong className="font-medium text-ink">{owner.email}</strong>, in this browser.
      </p>
      <OpenLinkForm kind="sign_in" token={data.token} />
    </>
  );
}
