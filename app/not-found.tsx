import type { Metadata } from "next";
import { NotFoundView } from "@/components/layout/not-found-view";
import { PlainHeader } from "@/components/layout/plain-header";
import { SiteFooter } from "@/components/layout/site-footer";

export const metadata: Metadata = { title: "Page not found", robots: { index: false } };

const pages = [
  { href: "/courses", label: "Courses" },
  { href: "/pricing", label: "Pricing" },
  { href: "/cart", label: "Cart" },
];

/**
 * For addresses that no route answers. Next sends it with every page of the site: hence the plain header, without the
 * reader's part, and the short footer.
 */
export default function NotFound() {
  return (
    <>
      <PlainHeader>
        <nav aria-label="Main" className="ml-auto flex lg:ml-8">
          {pages.map(({ href, label }) => (
            <a
              key={href}
              href={href}
              className="inline-flex min-h-target items-center rounded-md px-2 text-sm font-medium text-ink-soft no-underline hover:bg-sunken hover:text-ink sm:px-3"
            >
              {label}
            </a>
          ))}
        </nav>
      </PlainHeader>
      <main id="main" tabIndex={-1} className="flex-1 outline-none">
        <NotFoundView />
      </main>
      <SiteFooter kind="slim" />
    </>
  );
}
