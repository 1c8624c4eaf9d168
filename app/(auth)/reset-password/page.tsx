import type { Metadata } from "next";
import { InboxHint } from "@/components/identity/inbox-hint";
import { LinkRequestForm } from "@/components/identity/link-request-form";
import { OtherPage } from "@/components/identity/other-page";
import { ResetPasswordForm } from "@/components/identity/reset-password-form";
import { SpentLink } from "@/components/identity/spent-link";
import { findLinkOwner } from "@/lib/identity/mailed-links";
import { tokenInput } from "@/lib/identity/schema";

export const metadata: Metadata = { title: "Choose a new password", robots: { index: false } };

/** Asks for a link; with a link's token, asks for the new password. */
export default async function ResetPasswordPage({ searchParams }: PageProps<"/reset-password">) {
  const query = await searchParams;
  if (query.token === undefined) {
    return (
      <>
        <h1>Choose a new password</h1>
        <p className="mt-2 text-ink-soft">
          We send you a link. Your old password works until you have used it.
        </p>
        <LinkRequestForm kind="reset_password" />
        <InboxHint />
        <OtherPage question="Remembered it?" page="/sign-in" label="Sign in" returnTo={null} />
      </>
    );
  }
  const { success, data } = tokenInput.safeParse(query);
  const owner = success ? await findLinkOwner("reset_password", data.token) : null;
  if (!success || !owner) return <SpentLink href="/reset-password" label="Ask for a new link" />;
  return (
    <>
      <h1>Choose a new password</h1>
      <p className="mt-2 wrap-anywhere text-ink-soft">
        For <strong className="font-medium text-ink">{owner.email}</strong>. Every browser is signed out.
      </p>
      <ResetPasswordForm token={data.token} email={owner.email} />
    </>
  );
}
