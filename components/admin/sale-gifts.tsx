import type { Route } from "next";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { DateTime } from "@/components/ui/date-time";
import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import { Table, Td, Th, TwoLines } from "@/components/ui/table";
import type { Sale, SaleGift } from "@/lib/desk/queries";
import { formatDay } from "@/lib/format-day";
import { ResendGift } from "./resend-gift";

const stateWords: Readonly<Record<SaleGift["state"], readonly [string, BadgeTone]>> = {
  unpaid: ["Not paid", "neutral"],
  planned: ["Planned", "neutral"],
  sent: ["Not accepted yet", "warning"],
  claimed: ["Accepted", "success"],
  returned: ["Refunded", "neutral"],
  paused: ["Paused by a dispute", "warning"],
  ended: ["Lost to a dispute", "neutral"],
};

/** What became of the gifts of an order, each with the button that sends it again. */
export function SaleGifts({ sale, mayResend }: { readonly sale: Sale; readonly mayResend: boolean }) {
  if (sale.gifts.length === 0) return null;
  const isForgotten = sale.gifts.some((gift) => gift.recipientEmail === null);
  const isAccepted = sale.gifts.some((gift) => gift.claimedAt !== null);
  return (
    <section aria-labelledby="gifts" className="mt-10">
      <h2 id="gifts" className="mb-4 text-lg">
        {sale.gifts.length === 1 ? "Gift" : "Gifts"}
      </h2>
      <Panel className="overflow-hidden">
        <Table caption="Gifts of this order">
          <thead>
            <tr>
              <Th>Gift</Th>
              <Th>Mailed</Th>
              <Th>State</Th>
              {mayResend ? <Th align="right">Again</Th> : null}
            </tr>
          </thead>
          <tbody>
            {sale.gifts.map((gift) => (
              <Row key={gift.id} gift={gift} mayResend={mayResend} />
            ))}
          </tbody>
        </Table>
      </Panel>
      {isAccepted ? (
        <p className="mt-2 text-sm text-ink-muted">
          The buyer is told that a gift was accepted, and not by whom.
        </p>
      ) : null}
      {isForgotten ? (
        <p className="mt-2 text-sm text-ink-muted">
          An address is forgotten 90 days after the mail, or with an account that is deleted. A link that was
          sent still works, and as long as nobody has accepted it the buyer can enter an address anew on the
          order’s page.
        </p>
      ) : null}
    </section>
  );
}

function Row({ gift, mayResend }: { readonly gift: SaleGift; readonly mayResend: boolean }) {
  const { id, title, state, recipientEmail, deliveries } = gift;
  const [words, tone] = stateWords[state];
  return (
    <tr>
      <Td lead>
        <TwoLines small={recipientEmail ? `For ${recipientEmail}` : "Its address is no longer kept"}>
          {title}
        </TwoLines>
      </Td>
      <Td label="Mailed" className="text-ink-soft tabular-nums">
        <Mailed gift={gift} />
      </Td>
      <Td label="State">
        <TwoLines small={<Accepted gift={gift} />}>
          <Badge tone={tone}>{words}</Badge>
        </TwoLines>
      </Td>
      {mayResend ? (
        <Td align="right">
          {state === "sent" && recipientEmail ? (
            <ResendGift gift={id} deliveries={deliveries} title={title} />
          ) : null}
        </Td>
      ) : null}
    </tr>
  );
}

function Mailed({
  gift: { state, deliverOn, timeZone, deliveredAt, deliveries },
}: {
  readonly gift: SaleGift;
}) {
  if (deliveredAt)
    return (
      <TwoLines small={deliveries > 1 ? `${deliveries} times; the newest link works` : null}>
        <DateTime at={deliveredAt} format="short" />
      </TwoLines>
    );
  if (state !== "planned" && state !== "unpaid") return "Never";
  if (!deliverOn) return state === "unpaid" ? "Once it is paid" : "In a moment";
  return <TwoLines small={`in the morning, ${timeZone}`}>{formatDay(deliverOn)}</TwoLines>;
}

function Accepted({ gift: { claimedAt, seatId } }: { readonly gift: SaleGift }) {
  if (!claimedAt) return null;
  return (
    <>
      on <DateTime at={claimedAt} format="short" />
      {seatId ? (
        <Link
          href={`/admin/enrollments/${seatId}` as Route}
          prefetch={false}
          className="flex min-h-target items-center max-md:justify-end"
        >
          Look at the seat
        </Link>
      ) : null}
    </>
  );
}
