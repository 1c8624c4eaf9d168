import type { ReactNode } from "react";
import { Container, PageTitle } from "@/components/layout/page";
import { Link } from "@/components/ui/link";
import { Prose } from "@/components/ui/prose";
import { env } from "@/lib/env";
import { storeAddressLines } from "@/lib/store-address";

/** The address in `Lectern <shop@example.org>` or `shop@example.org`. */
function mailAddress(from: string): string {
  return /<([^>]+)>/.exec(from)?.[1] ?? from;
}

/** Where to write to. Until the shop's owner has set an address of their own, that is said instead. */
export function StoreMail() {
  const address = mailAddress(env().MAIL_FROM);
  if (address.endsWith(".example"))
    return <em>an e-mail address that this shop has not set yet (MAIL_FROM)</em>;
  return <a href={`mailto:${address}`}>{address}</a>;
}

/** Who runs the shop, as far as its owner has said so. */
export function StoreAddress() {
  const { STORE_NAME, STORE_ADDRESS, STORE_VAT_ID } = env();
  return (
    <address>
      <strong>{STORE_NAME}</strong>
      <br />
      {STORE_ADDRESS ? (
        <AddressLines text={STORE_ADDRESS} />
      ) : (
        <em>Postal address: not set yet (STORE_ADDRESS)</em>
      )}
      {STORE_VAT_ID ? (
        <>
          <br />
          VAT id: {STORE_VAT_ID}
        </>
      ) : null}
    </address>
  );
}

function AddressLines({ text }: { readonly text: string }) {
  return storeAddressLines(text).map((line, index) => (
    <span key={line} className={index > 0 ? "block" : undefined}>
      {line}
    </span>
  ));
}

/** A page of terms: a title, the text, and the way to its neighbours. */
export function LegalPage({
  title,
  lead,
  children,
}: {
  readonly title: string;
  readonly lead: string;
  readonly children: ReactNode;
}) {
  return (
    <Container>
      <PageTitle title={title} lead={lead} />
      <Prose>{children}</Prose>
      <nav aria-label="Legal" className="mt-12 flex flex-wrap gap-x-6 border-t border-hairline pt-4 text-sm">
        <LegalLinks />
      </nav>
    </Container>
  );
}

const pages = [
  { href: "/terms", label: "Terms" },
  { href: "/privacy", label: "Privacy" },
  { href: "/refunds", label: "Refunds" },
  { href: "/imprint", label: "Imprint" },
] as const;

function LegalLinks() {
  return pages.map(({ href, label }) => (
    <Link key={href} href={href} className="inline-flex min-h-target items-center">
      {label}
    </Link>
  ));
}
