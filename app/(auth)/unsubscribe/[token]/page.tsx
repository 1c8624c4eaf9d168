import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { UnsubscribeForm } from "@/components/settings/unsubscribe-form";
import { OPTIONAL_MAIL_WORDS } from "@/lib/notifications/optional-mails";
import { readUnsubscribeToken } from "@/lib/notifications/unsubscribe";

export const metadata: Metadata = {
  title: "No more mails",
  robots: { index: false },
  referrer: "no-referrer",
};

/** Where the link at the foot of a mail leads. Opening it changes nothing: mail scanners open links too. */
export default async function UnsubscribePage({ params }: PageProps<"/unsubscribe/[token]">) {
  const { token } = await params;
  const named = readUnsubscribeToken(token);
  if (!named) notFound();
  const { yours, when } = OPTIONAL_MAIL_WORDS[named.group];
  return (
    <>
      <h1>No more mails about {yours}?</h1>
      <p className="mt-2 text-ink-soft">
        Such an e-mail comes {when}. We always write to you about orders, receipts, refunds and the safety of
        your account.
      </p>
      <UnsubscribeForm token={token} about={yours} />
    </>
  );
}
