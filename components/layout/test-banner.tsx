import { FlaskConical } from "lucide-react";
import { env } from "@/lib/env";

/** The stand-in's own list, or Stripe's. */
function testCardsHref(): string {
  const standIn = env().STRIPE_API_BASE;
  return standIn ? `${standIn}/test-cards` : "https://docs.stripe.com/testing#cards";
}

/** One thin line above the header while no real money can move. */
export function TestBanner() {
  if (!env().testMode) return null;
  return (
    <aside
      aria-label="Test mode"
      className="border-b border-warning-line bg-warning-tint text-xs leading-[1.3] text-warning print:hidden"
    >
      <div className="flex min-h-9 flex-wrap items-center justify-center gap-x-3 px-gutter text-center max-[21.5rem]:pt-2">
        <span className="inline-flex items-center gap-2">
          <FlaskConical className="size-4!" />
          Test mode — no real money
        </span>
        <a
          href={testCardsHref()}
          className="inline-flex min-h-target items-center text-inherit decoration-current hover:text-inherit md:min-h-9"
        >
          See the test cards
        </a>
      </div>
    </aside>
  );
}
