import type { Route } from "next";
import { Link } from "@/components/ui/link";
import { Container } from "./page";

export type FooterLink = { readonly href: Route; readonly label: string };

export const shopLinks: readonly FooterLink[] = [
  { href: "/terms", label: "Terms" },
  { href: "/privacy", label: "Privacy" },
  { href: "/refunds", label: "Refunds" },
  { href: "/imprint", label: "Imprint" },
];

/** One line, where somebody is at work. It knows nothing of the server, so that a browser can draw it too. */
export function SlimFooter({ storeName }: { readonly storeName: string }) {
  return (
    <footer className="mt-16 border-t border-hairline py-5 text-sm text-ink-muted lg:mt-20 print:hidden">
      <Container className="flex flex-wrap items-center justify-between gap-x-6">
        <span>{storeName}</span>
        <nav aria-label="The shop" className="flex flex-wrap gap-x-6">
          {shopLinks.map(({ href, label }) => (
            <Link
              key={href}
              href={href}
              prefetch={false}
              className="inline-flex min-h-target items-center text-ink-soft no-underline hover:underline"
            >
              {label}
            </Link>
          ))}
        </nav>
      </Container>
    </footer>
  );
}
