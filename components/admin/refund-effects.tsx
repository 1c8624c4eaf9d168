import { BookLock, CreditCard, Mail, ScrollText, TicketPercent } from "lucide-react";
import { Effect, Effects } from "@/components/ui/dialog";
import { formatMoney } from "@/lib/money";
import type { RefundPlan } from "@/lib/refunds/refund-policy";
import type { RefundSubject } from "./refund-form";

/** What a refund does, before the button that does it. */
export function RefundEffects({
  plan,
  subject,
}: {
  readonly plan: RefundPlan;
  readonly subject: RefundSubject;
}) {
  const money = formatMoney(plan.amount, plan.currency);
  const ending = plan.endsAccess.map(({ title }) => title);
  const afterwards =
    plan.leftAmount === 0
      ? "The order becomes Refunded"
      : `${formatMoney(plan.leftAmount, plan.currency)} can still be given back afterwards`;
  return (
    <Effects>
      <Effect icon={<CreditCard />}>
        <strong>{money}</strong> goes back to {subject.method ?? "the means of payment"}, in 5 to 10 working
        days
      </Effect>
      <Effect icon={<BookLock />}>
        {ending.length === 0 ? (
          "Nobody loses access"
        ) : (
          <>
            Access to <strong>{ending.join(", ")}</strong> ends as soon as Stripe confirms; progress is kept
          </>
        )}
        {plan.endsGifts.length > 0
          ? `. Nobody has accepted the gift of ${plan.endsGifts.join(", ")}: its link opens nothing any more`
          : null}
        {plan.endsCertificates.length > 0
          ? `. The certificate of ${plan.endsCertificates.join(", ")} is withdrawn`
          : null}
      </Effect>
      {plan.coupon ? (
        <Effect icon={<TicketPercent />}>
          {plan.coupon.learnerMayUseAgain ? (
            <>
              {subject.buyerName} may use <strong>{plan.coupon.code}</strong> once more; the code’s own count
              stays
            </>
          ) : (
            <>
              The use of <strong>{plan.coupon.code}</strong> stays spent
            </>
          )}
        </Effect>
      ) : null}
      <Effect icon={<Mail />}>A mail about it goes to {subject.buyerEmail}</Effect>
      <Effect icon={<ScrollText />}>{afterwards}, and the audit log gets a line with your name</Effect>
    </Effects>
  );
}
