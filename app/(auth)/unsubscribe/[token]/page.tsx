import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { UnsubscribeForm } from "@/components/settings/unsubscribe-form";
import { readUnsubscribeToken } from "@/lib/notifications/unsubscribe";

export const metadata: Metadata = {
  title: "No more mails",
  robots: { index: false },
  referrer: "no-referrer",
};

/** Where the link at the foot of a mail leads. Opening it changes nothing: mail scanners open links too. */
export default async function UnsubscribePage({ params }: PageProps<"/unsubscribe/[token]">) {
  const { token } = await params;
  if (!readUnsubscribeToken(token)) notFound();
  return (
    <>
      <h1>No more mails about your courses?</h1>
      <p className="mt-2 text-ink-soft">
        Welcomes and certificates come no longer. Orders, receipts, refunds and the safety of your account are
        always told.
      </p>
      <UnsubscribeForm token={token} />
    </>
  );
}
