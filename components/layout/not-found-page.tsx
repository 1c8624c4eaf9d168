import { NotFoundView } from "./not-found-view";
import { PlainHeader } from "./plain-header";
import { SlimFooter } from "./slim-footer";

const pages = [
  { href: "/courses", label: "Courses" },
  { href: "/pricing", label: "Pricing" },
  { href: "/cart", label: "Cart" },
];

/** For addresses that no route answers: a plain header, without the reader's part, and the short footer. */
export default function NotFoundPage({ storeName }: { readonly storeName: string }) {
  return (
    <>
      <title>{`Page not found · ${storeName}`}</title>
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
      <SlimFooter storeName={storeName} />
    </>
  );
}
