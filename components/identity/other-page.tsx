import type { Route } from "next";
import { Link } from "@/components/ui/link";

type OtherPageProps = {
  readonly question: string;
  readonly page: "/sign-in" | "/sign-up";
  readonly label: string;
  readonly returnTo: string | null;
};

/** "New here? Create an account": the way to the other of the two pages, with the same destination. */
export function OtherPage({ question, page, label, returnTo }: OtherPageProps) {
  const href = (returnTo ? `${page}?${new URLSearchParams({ returnTo })}` : page) as Route;
  return (
    <p className="mt-6 flex flex-wrap items-center gap-x-1.5 border-t border-hairline pt-5 text-sm">
      {question}
      <Link href={href} className="inline-flex min-h-target items-center md:min-h-0">
        {label}
      </Link>
    </p>
  );
}
