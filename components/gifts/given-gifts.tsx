import { Gift } from "lucide-react";
import { DateTime } from "@/components/ui/date-time";
import { formatDay } from "@/lib/format-day";
import type { GivenGift } from "@/lib/gifts/queries";
import { ChangeGift, SendAgain } from "./gift-controls";
import type { Calendar } from "./gift-fields";

/** What became of the gifts of an order, with what its buyer can still do about each. */
export function GivenGifts({
  gifts,
  calendar,
}: {
  readonly gifts: readonly GivenGift[];
  readonly calendar: Calendar;
}) {
  if (gifts.length === 0) return null;
  return (
    <section aria-labelledby="gifts" className="mt-10">
      <h2 id="gifts" className="mb-4 text-lg">
        {gifts.length === 1 ? "Your gift" : "Your gifts"}
      </h2>
      <ul className="border-t border-hairline">
        {gifts.map((gift) => (
          <li
            key={gift.id}
            className="grid grid-cols-[1.5rem_minmax(0,1fr)] gap-x-3 border-b border-hairline py-4 text-sm"
          >
            <Gift className="mt-0.5 text-accent" />
            <div className="grid gap-1">
              <h3 className="text-base leading-snug">{gift.title}</h3>
              <p className="wrap-anywhere text-ink-soft">
                <GiftNews gift={gift} />
              </p>
              {gift.message ? (
                <p className="border-l-2 border-hairline-strong pl-3 wrap-anywhere whitespace-pre-line text-ink-soft">
                  {gift.message}
                </p>
              ) : null}
              <GiftActions gift={gift} calendar={calendar} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** One sentence about where a gift is. */
export function GiftNews({ gift }: { readonly gift: GivenGift }) {
  const { state, recipientEmail, deliverOn, timeZone, deliveredAt, claimedAt } = gift;
  const whom = recipientEmail ?? "an address that we no longer keep";
  switch (state) {
    case "unpaid":
      return <>For {whom}. It goes out once the order is paid.</>;
    case "planned":
      return deliverOn ? (
        <>
          Goes to {whom} in the morning of {formatDay(deliverOn)} ({timeZone}).
        </>
      ) : (
        <>Goes to {whom} in a moment.</>
      );
    case "sent":
      return (
        <>
          Sent to {whom}
          {deliveredAt ? (
            <>
              {" "}
              on <DateTime at={deliveredAt} />
            </>
          ) : null}
          . Not accepted yet.
        </>
      );
    case "claimed":
      return (
        <>Accepted{claimedAt ? <> on {<DateTime at={claimedAt} />}</> : null}. The course is open for them.</>
      );
    case "returned":
      return claimedAt ? (
        <>Refunded. Whoever accepted it loses access as soon as the refund is confirmed.</>
      ) : (
        <>Refunded. Its link no longer works.</>
      );
    case "paused":
      return <>Your bank has asked for this payment back. Until it decides, the gift waits.</>;
    case "ended":
      return <>Your bank has taken this payment back, and the gift has ended with it.</>;
  }
}

function GiftActions({ gift, calendar }: { readonly gift: GivenGift; readonly calendar: Calendar }) {
  const { id, title, state, recipientEmail, message, deliverOn } = gift;
  if (state !== "sent" && state !== "planned") return null;
  return (
    <div className="print:hidden">
      {state === "sent" && recipientEmail ? <SendAgain gift={id} title={title} /> : null}
      <ChangeGift
        gift={id}
        title={title}
        values={{ email: recipientEmail ?? "", message, deliverOn: deliverOn ?? "" }}
        calendar={state === "planned" ? calendar : null}
      />
    </div>
  );
}
