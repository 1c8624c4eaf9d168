import { Link } from "@/components/ui/link";
import { env } from "@/lib/env";
import { Logo } from "./logo";
import { Container } from "./page";
import { type FooterLink, SlimFooter, shopLinks } from "./slim-footer";

type Column = {
  readonly title: string;
  readonly links: readonly FooterLink[];
};

const columns: readonly Column[] = [
  {
    title: "Courses",
    links: [
      { href: "/courses", label: "All courses" },
      { href: "/courses/search?type=python", label: "Python" },
      { href: "/courses/search?type=sql", label: "SQL" },
      { href: "/pricing", label: "Pricing" },
    ],
  },
  {
    title: "Account",
    links: [
      { href: "/sign-in", label: "Sign in" },
      { href: "/account/courses", label: "My courses" },
      { href: "/account/wishlist", label: "Wishlist" },
      { href: "/account/orders", label: "Orders and receipts" },
    ],
  },
  {
    title: "The shop",
    links: shopLinks,
  },
];

/** `full` on public pages; `slim`, one line, where somebody is at work: cart, account, sign-in. */
export function SiteFooter({ kind = "full" }: { readonly kind?: "full" | "slim" }) {
  return kind === "full" ? <FullFooter /> : <SlimFooter storeName={env().STORE_NAME} />;
}

function FullFooter() {
  return (
    <footer className="mt-16 border-t border-hairline pt-10 pb-8 text-sm text-ink-muted lg:mt-24 lg:pt-12 print:hidden">
      <Container>
        <div className="grid grid-cols-2 gap-x-8 gap-y-6 lg:grid-cols-[2.2fr_1fr_1fr_1fr]">
          <div className="col-span-2 max-w-96 space-y-4 lg:col-span-1">
            <Logo />
            <p>Courses in Python and SQL, to read and to work through. Bought once, kept for good.</p>
          </div>
          {columns.map(({ title, links }) => (
            <nav key={title} aria-label={title}>
              <h2 className="mb-1 font-sans text-xs leading-snug font-semibold tracking-normal text-ink">
                {title}
              </h2>
              <ul>
                {links.map(({ href, label }) => (
                  <li key={href}>
                    <Link
                      href={href}
                      prefetch={false}
                      className="flex min-h-target items-center text-ink-soft no-underline hover:underline lg:min-h-8"
                    >
                      {label}
                    </Link>
                  </li>
                ))}
              </ul>
            </nav>
          ))}
        </div>
        <p className="mt-8 flex flex-wrap justify-between gap-x-8 gap-y-2 border-t border-hairline pt-5 font-serif italic">
          <span>Set in Source Serif, Inter and JetBrains Mono.</span>
          <span>Covers are drawn by a program from each course’s name.</span>
        </p>
      </Container>
    </footer>
  );
}
