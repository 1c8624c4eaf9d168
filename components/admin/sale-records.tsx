import { Badge, type BadgeTone } from "@/components/ui/badge";
import { DateTime } from "@/components/ui/date-time";
import { Money } from "@/components/ui/money";
import { Panel } from "@/components/ui/panel";
import { Table, Td, Th, TwoLines } from "@/components/ui/table";
import { GIFT_MAIL, MAIL_NAMES } from "@/lib/desk/mails-of-orders";
import type { Sale, SaleMail, SaleRefund } from "@/lib/desk/queries";
import { ResendMail } from "./resend-mail";

const refundWords: Readonly<Record<SaleRefund["status"], readonly [string, BadgeTone]>> = {
  pending: ["On its way", "warning"],
  succeeded: ["Sent", "success"],
  failed: ["Failed", "danger"],
  canceled: ["Canceled", "neutral"],
};

export const REASON_NAMES: Readonly<Record<string, string>> = {
  requested_by_customer: "The customer asked",
  duplicate: "Paid twice",
  fraudulent: "Fraud",
};

/** Money that went back, or did not. */
export function SaleRefunds({ sale }: { readonly sale: Sale }) {
  if (sale.refunds.length === 0) return null;
  return (
    <section aria-labelledby="refunds" className="mt-10">
      <h2 id="refunds" className="mb-4 text-lg">
        Refunds
      </h2>
      <Panel className="overflow-hidden">
        <Table caption="Refunds of this order, newest first">
          <thead>
            <tr>
              <Th>When</Th>
              <Th>Why</Th>
              <Th>Asked for by</Th>
              <Th align="right">Amount</Th>
              <Th>State</Th>
            </tr>
          </thead>
          <tbody>
            {sale.refunds.map((refund) => {
              const [words, tone] = refundWords[refund.status];
              return (
                <tr key={refund.id}>
                  <Td lead className="text-ink-soft tabular-nums">
                    <DateTime at={refund.at} format="short" />
                  </Td>
                  <Td label="Why">
                    <TwoLines small={refund.lastError ?? refund.stripeRefundId ?? "Not sent to Stripe yet"}>
                      {REASON_NAMES[refund.reason] ?? refund.reason}
                    </TwoLines>
                  </Td>
                  <Td label="Asked for by">{refund.requestedBy ?? "The shop, or Stripe’s Dashboard"}</Td>
                  <Td label="Amount" align="right" className="font-semibold">
                    <Money amount={refund.amount} currency={sale.currency} />
                  </Td>
                  <Td label="State">
                    <Badge tone={tone}>{words}</Badge>
                  </Td>
                </tr>
              );
            })}
          </tbody>
        </Table>
      </Panel>
    </section>
  );
}

const mailWords: Readonly<Record<SaleMail["status"], readonly [string, BadgeTone]>> = {
  queued: ["Waiting to be sent", "warning"],
  sent: ["Sent", "success"],
  failed: ["Failed", "danger"],
};

/** Mails about the order, each with the button that sends it again; a gift has its own. */
export function SaleMails({ sale, mayResend }: { readonly sale: Sale; readonly mayResend: boolean }) {
  if (sale.mails.length === 0) return null;
  return (
    <section aria-labelledby="mails" className="mt-10">
      <h2 id="mails" className="mb-4 text-lg">
        Mails
      </h2>
      <Panel className="overflow-hidden">
        <Table caption="Mails about this order, newest first">
          <thead>
            <tr>
              <Th>Mail</Th>
              <Th>When</Th>
              <Th>State</Th>
              {mayResend ? <Th align="right">Again</Th> : null}
            </tr>
          </thead>
          <tbody>
            {sale.mails.map((mail) => {
              const [words, tone] = mailWords[mail.status];
              const name = mailName(mail.kind);
              return (
                <tr key={mail.id}>
                  <Td lead>
                    <TwoLines small={isBlanked(mail) ? "The address is no longer kept" : mail.toAddress}>
                      {mail.isCopy ? `${name}, sent again` : name}
                    </TwoLines>
                  </Td>
                  <Td label="When" className="text-ink-soft tabular-nums">
                    <DateTime at={mail.at} format="short" />
                  </Td>
                  <Td label="State">
                    <TwoLines small={mail.status === "sent" ? null : mail.lastError}>
                      <Badge tone={tone}>{words}</Badge>
                    </TwoLines>
                  </Td>
                  {mayResend ? (
                    <Td align="right">
                      {mail.isCopy || isBlanked(mail) || mail.kind === GIFT_MAIL ? null : (
                        <ResendMail order={sale.id} email={mail.id} copies={mail.copies} name={name} />
                      )}
                    </Td>
                  ) : null}
                </tr>
              );
            })}
          </tbody>
        </Table>
      </Panel>
    </section>
  );
}

/** Its words are gone with its address: lib/gifts and lib/privacy forget both. */
const isBlanked = (mail: SaleMail) => mail.toAddress === "erased";

const mailName = (kind: string): string =>
  Object.entries(MAIL_NAMES).find(([known]) => known === kind)?.[1] ?? kind;
