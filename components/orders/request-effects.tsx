import { BookLock, Clock, CreditCard, Gift, TicketPercent } from "lucide-react";
import { Effect, Effects } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { formatMoney } from "@/lib/money";
import type { JudgedRequest } from "@/lib/refund-requests/judge-request";
import type { RequestRejection } from "@/lib/refund-requests/schema";
import type { Result } from "@/lib/result";
import { requestMessages } from "./request-messages";

type Props = {
  /** The money goes back for any reason. */
  readonly promised: boolean;
  /** Null while no course is chosen. */
  readonly judged: Result<JudgedRequest, RequestRejection> | null;
  readonly method: string | null;
};

/** What asking leads to, before the button that does it; or why it cannot be asked for. */
export function RequestEffects({ promised, judged, method }: Props) {
  if (!judged) return null;
  if (!judged.ok) return <Notice tone="warning" role="status" title={requestMessages[judged.error]} />;
  const { amount, currency, endsAccess, endsGifts, endsCertificates, coupon } = judged.value.plan;
  return (
    <Effects title="What happens then" level="h2">
      <Effect icon={<Clock />}>We look at it and write to you. Until then nothing changes</Effect>
      <Effect icon={<CreditCard />}>
        {promised ? "We send " : "If we agree, we send "}
        <strong>{formatMoney(amount, currency)}</strong> back to {method ?? "the way you paid"}, in 5 to 10
        working days
      </Effect>
      {endsAccess.length > 0 ? (
        <Effect icon={<BookLock />}>
          Access to <strong>{endsAccess.map(({ title }) => title).join(", ")}</strong> ends then; progress is
          kept
          {endsCertificates.length > 0
            ? `. The certificate of ${endsCertificates.join(", ")} is withdrawn`
            : null}
        </Effect>
      ) : null}
      {endsGifts.length > 0 ? (
        <Effect icon={<Gift />}>
          Nobody has accepted the gift of <strong>{endsGifts.join(", ")}</strong>: its link then stops working
        </Effect>
      ) : null}
      {coupon?.learnerMayUseAgain ? (
        <Effect icon={<TicketPercent />}>
          You may use the code <strong>{coupon.code}</strong> once more
        </Effect>
      ) : null}
    </Effects>
  );
}
