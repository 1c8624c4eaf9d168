import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Container, PageTitle } from "@/components/layout/page";
import { SiteFrame } from "@/components/layout/site-frame";
import { env } from "@/lib/env";
import type { UserId } from "@/lib/ids";
import { MAILED_TOKEN } from "@/lib/notifications/account-mails";
import { sampleMails } from "@/lib/notifications/sample-mails";
import { inDarkDress, renderEmail } from "@/lib/notifications/templates/render-email";
import { seal } from "@/lib/seal";

export const metadata: Metadata = { title: "Mails", robots: { index: false } };

/** Decided when it is asked for, not when the shop was built. */
export const dynamic = "force-dynamic";

const reader = "0197aaaa-0000-7000-8000-000000000000" as UserId;

/** Every mail as it is sent, for those who write them: on a phone, in the dark, and as text. It does not exist in production. */
export default async function MailSheet() {
  if (env().NODE_ENV === "production") notFound();
  const words = { name: "Ada", title: "Python from zero", sealedToken: seal("x".repeat(43), MAILED_TOKEN) };
  const mails = await Promise.all(
    Object.entries(sampleMails(words)).map(async ([kind, payload]) => ({
      kind,
      mail: await renderEmail(kind, payload, reader),
    })),
  );
  return (
    <SiteFrame>
      <Container>
        <PageTitle title="Mails" lead="Every mail of the shop: on a phone of 320 px, in the dark, as text." />
        <ul className="grid gap-12 pb-16">
          {mails.map(({ kind, mail }) => (
            <li key={kind} id={kind}>
              <h2 className="text-lg">{kind}</h2>
              {mail.ok ? <Sheet kind={kind} mail={mail.value} /> : <p>Cannot be written: {mail.error}</p>}
            </li>
          ))}
        </ul>
      </Container>
    </SiteFrame>
  );
}

type Mail = { readonly subject: string; readonly html: string; readonly text: string };

function Sheet({ kind, mail }: { readonly kind: string; readonly mail: Mail }) {
  const frame = "h-[36rem] w-full max-w-[20rem] border border-hairline lg:max-w-none";
  return (
    <>
      <p className="mb-3 text-sm text-ink-soft wrap-anywhere">{mail.subject}</p>
      <div className="grid items-start gap-4 lg:grid-cols-[20rem_20rem_minmax(0,1fr)]">
        <iframe sandbox="" title={`${kind}, light`} srcDoc={mail.html} className={frame} />
        <iframe sandbox="" title={`${kind}, dark`} srcDoc={inDarkDress(mail.html)} className={frame} />
        <pre className="h-[36rem] overflow-auto border border-hairline bg-surface p-4 text-xs whitespace-pre-wrap">
          {mail.text}
        </pre>
      </div>
    </>
  );
}
