import { ChevronRight } from "lucide-react";
import type { Route } from "next";
import { Link } from "@/components/ui/link";

type Crumb<T extends string> = { readonly label: string; readonly href?: Route<T> };

/** The way here. The last crumb is the page itself when it has no `href`. */
export function Breadcrumbs<T extends string>({ items }: { readonly items: readonly Crumb<T>[] }) {
  return (
    <nav aria-label="Breadcrumb" className="text-sm text-ink-muted print:hidden">
      <ol className="flex flex-wrap items-center gap-x-2">
        {items.map((item, index) => (
          <li key={item.label} className="inline-flex min-h-target items-center gap-2">
            {index > 0 ? <ChevronRight className="size-3.5!" /> : null}
            {item.href ? (
              <Link
                href={item.href}
                className="inline-flex min-h-target items-center text-ink-soft no-underline hover:underline"
              >
                {item.label}
              </Link>
            ) : (
              <span aria-current="page">{item.label}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
