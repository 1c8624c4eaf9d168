import { DateTime } from "@/components/ui/date-time";
import { MoreLink } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { Stat, Stats } from "@/components/ui/stats";
import type { WebhookHealth } from "@/lib/store/queries";

/** `340 ms`, `2.4 s`, `3 min` */
function nameDuration(ms: number | null): string {
  if (ms === null) return "—";
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  return ms < 120_000 ? `${(ms / 1_000).toFixed(1)} s` : `${Math.round(ms / 60_000)} min`;
}

/** How Stripe's events arrive: when the last one came, how long they are on the way, and what went wrong. */
export function WebhookNumbers({
  health,
  address,
}: {
  readonly health: WebhookHealth;
  readonly address: string;
}) {
  const { lastReceivedAt, received, isCapped, failing, quarantined } = health;
  return (
    <div className="grid gap-4">
      {lastReceivedAt === null ? (
        <Notice tone="warning" title="No event has ever arrived">
          <p>
            Point a webhook endpoint of Stripe at <span className="wrap-anywhere">{address}</span>. Until then
            orders are only completed when the buyer comes back, or by the comparison of the books.
          </p>
        </Notice>
      ) : null}
      <Stats>
        <Stat
          label="Last event"
          value={lastReceivedAt ? <DateTime at={lastReceivedAt} format="short" /> : "None"}
        />
        <Stat label="In the last 24 hours" value={isCapped ? `${received} or more` : received} />
        <Stat
          label="On the way from Stripe"
          value={nameDuration(health.medianLagMs)}
          note={health.slowLagMs === null ? null : `19 of 20 within ${nameDuration(health.slowLagMs)}`}
        />
        <Stat label="Failing now" value={failing} note={failing > 0 ? "Stripe sends them again" : null} />
        <Stat label="Set aside" value={quarantined} note={quarantined > 0 ? "A person must look" : null} />
      </Stats>
      <MoreLink href="/admin/payments/events">All events</MoreLink>
    </div>
  );
}
