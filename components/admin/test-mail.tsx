"use client";

import { Badge, type BadgeTone } from "@/components/ui/badge";
import { DateTime } from "@/components/ui/date-time";
import { useRefreshWhile } from "@/components/ui/use-refresh-while";
import type { CommonRejection } from "@/lib/action";
import { sendTestMailAction } from "@/lib/store/actions";
import type { TestMail } from "@/lib/store/queries";
import type { TestMailRejection } from "@/lib/store/schema";
import { commonTexts } from "./common-texts";
import { PressButton } from "./press-button";

const texts = {
  ...commonTexts,
  throttled: "That were many tests within an hour. Try again later.",
} satisfies Record<TestMailRejection | CommonRejection, string>;

const stateWords: Readonly<Record<TestMail["status"], readonly [string, BadgeTone]>> = {
  queued: ["On its way", "warning"],
  sent: ["Taken by the mail service", "success"],
  failed: ["Failed", "danger"],
};

type Props = {
  /** Names the mail to come: pressed twice it is one. */
  readonly test: string;
  readonly toAddress: string;
  readonly mails: readonly TestMail[];
};

/** Sends the reader a mail, and says what became of the last ones. */
export function TestMails({ test, toAddress, mails }: Props) {
  useRefreshWhile(mails.some(({ status }) => status === "queued"));
  return (
    <div className="grid gap-4">
      <p className="text-sm text-ink-soft">
        One to <span className="wrap-anywhere">{toAddress}</span>, by the way that every mail of the shop
        goes.
      </p>
      <PressButton
        key={test}
        action={sendTestMailAction}
        fields={{ test }}
        label="Send me a test mail"
        done="The test mail is on its way."
        texts={texts}
      />
      {mails.length > 0 ? (
        <ul className="divide-y divide-hairline border-t border-hairline text-sm">
          {mails.map((mail) => {
            const [words, tone] = stateWords[mail.status];
            return (
              <li key={mail.id} className="grid gap-1 py-3">
                <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
                  <Badge tone={tone}>{words}</Badge>
                  <DateTime
                    at={mail.sentAt ?? mail.at}
                    format="short"
                    className="text-ink-muted tabular-nums"
                  />
                </div>
                {mail.status !== "sent" && mail.problem ? (
                  <p className="wrap-anywhere text-ink-soft">{mail.problem}</p>
                ) : null}
              </li>
            );
          })}
        </ul>
      ) : null}
    </div>
  );
}
