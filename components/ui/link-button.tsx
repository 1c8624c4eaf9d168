import { clsx } from "clsx";
import { ArrowLeft, ArrowRight } from "lucide-react";
import type { Route } from "next";
import type { ComponentProps, ReactNode } from "react";
import { Link } from "./link";

/** A button that reads as an underlined word: "Remove", "Undo", "Clear all". `type` is `button` unless said otherwise. */
export function LinkButton({ className, type = "button", ...rest }: ComponentProps<"button">) {
  return (
    <button
      {...rest}
      type={type}
      className={clsx(
        "inline-flex min-h-target min-w-target items-center gap-2 text-sm text-ink-soft underline decoration-hairline-strong underline-offset-[0.2em] hover:text-ink hover:decoration-current print:hidden",
        className,
      )}
    />
  );
}

type PlainLinkProps<T extends string> = {
  readonly href: Route<T>;
  readonly children: ReactNode;
  readonly className?: string;
};

/** "All my courses →", at the right of a section's head. */
export function MoreLink<T extends string>({ href, children, className }: PlainLinkProps<T>) {
  return (
    <Link
      href={href}
      className={clsx(
        "inline-flex min-h-target items-center gap-1.5 text-sm font-medium no-underline hover:underline print:hidden",
        className,
      )}
    >
      {children}
      <ArrowRight className="size-4!" />
    </Link>
  );
}

/** "← All orders", above a page's head. */
export function BackLink<T extends string>({ href, children, className }: PlainLinkProps<T>) {
  return (
    <Link
      href={href}
      className={clsx(
        "inline-flex min-h-target items-center gap-2 text-sm text-ink-soft no-underline hover:underline print:hidden",
        className,
      )}
    >
      <ArrowLeft className="size-4.5!" />
      {children}
    </Link>
  );
}
