import { Check } from "lucide-react";
import type { Route } from "next";
import { DateTime } from "@/components/ui/date-time";
import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import { Table, Td, Th, TwoLines } from "@/components/ui/table";
import { MAIL_NAMES } from "@/lib/desk/mails-of-orders";
import type { FailedEmail } from "@/lib/notifications/queries";
import type { PaymentTrouble } from "@/lib/orders/queries";
import { ProblemText } from "./problem-text";

type AttentionProps = {
  readonly trouble: readonly PaymentTrouble[];
  readonly emails: readonly FailedEmail[];
};

const mailNames: Readonly<Record<string, string>> = {
  ...MAIL_NAMES,
  refund_request_opened: "Refund request, to staff",
};

/** Said only where neither this list nor anything above it has something to tell. */
export function NothingToSee() {
  return (
    <p className="flex items-center gap-2 text-ink-soft">
      <Check className="shrink-0 text-success" />
      Nothing: no refund request or alert is open, no event, refund or mail is stuck, and no payment failed in
      the last 7 days.
    </p>
  );
}

/** What the machines could not settle by themselves. Nothing when they could. */
export function Attention({ trouble, emails }: AttentionProps) {
  if (trouble.length + emails.length === 0) return null;
  return (
    <Panel className="overflow-hidden">
      <Table caption="What needs attention, newest first">
        <thead>
          <tr>
            <Th>What</Th>
            <Th>Problem</Th>
            <Th>Since</Th>
          </tr>
        </thead>
        <tbody>
          {trouble.map((row) => (
            <Row
              key={row.id}
              what={nameTrouble(row)}
              reference={row.reference}
              problem={row.what === "event" ? row.problem.replaceAll("_", " ") : row.problem}
              orderNumber={row.orderNumber}
              at={row.at}
              href={troubleHref(row)}
            />
          ))}
          {emails.map((email) => (
            <Row
              key={email.id}
              what={`Mail: ${mailNames[email.kind] ?? email.kind}`}
              reference={email.toAddress}
              problem={email.problem}
              orderNumber={null}
              at={email.at}
              href={`/admin/users?q=${encodeURIComponent(email.toAddress)}` as Route}
            />
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

function nameTrouble({ what, subject }: PaymentTrouble): string {
  if (what === "event") return `Stripe event ${subject}`;
  if (what === "refund") return `Refund for ${subject}`;
  const words = subject.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Where one sees to it. */
function troubleHref({ what, subject, reference }: PaymentTrouble): Route {
  if (what === "event") return `/admin/payments/events/${reference}` as Route;
  return (what === "refund" ? `/admin/orders/${subject}` : "/admin/payments") as Route;
}

type RowProps = {
  readonly what: string;
  readonly reference: string;
  readonly problem: string;
  readonly orderNumber: string | null;
  readonly at: Date;
  readonly href: Route;
};

function Row({ what, reference, problem, orderNumber, at, href }: RowProps) {
  return (
    <tr>
      <Td lead>
        <TwoLines small={reference}>
          <Link
            href={href}
            prefetch={false}
            className="font-medium max-md:inline-flex max-md:min-h-target max-md:items-center"
          >
            {what}
          </Link>
        </TwoLines>
      </Td>
      <Td label="Problem" stacked className="wrap-anywhere">
        <span>
          <ProblemText problem={problem || "Not named"} orderNumber={orderNumber} />
        </span>
      </Td>
      <Td label="Since" className="text-ink-soft tabular-nums">
        <DateTime at={at} format="short" />
      </Td>
    </tr>
  );
}
