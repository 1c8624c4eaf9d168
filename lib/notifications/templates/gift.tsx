/** Adapter: opens the sealed link of a gift, for the mail to somebody who may not know the shop. */
import "server-only";
import { Fragment } from "react";
import { Section } from "react-email";
import { quietLinks } from "@/lib/gifts/quiet-links";
import { err, ok } from "@/lib/result";
import { unseal } from "@/lib/seal";
import { MAILED_TOKEN } from "../account-mails";
import { emailPayloads, type GiftClaimed, type GiftEnded, type GiftReceived } from "../schema";
import { LetterPaper, Paragraph, PressLink, type Shop, styles, TextLink } from "./letter";
import type { Writer } from "./writer";

/** A link sealed under a secret that is no longer there cannot be sent. */
export const giftReceivedWriter: Writer = (payload, shop) => {
  const read = emailPayloads.gift_received.safeParse(payload);
  const token = read.success ? unseal(read.data.sealedToken, MAILED_TOKEN) : null;
  if (!read.success || token === null) return err("sealedToken");
  const { from, title } = read.data;
  return ok({
    subject: `${giver(from)} gives you a course: ${title}`,
    letter: <GiftReceivedLetter gift={read.data} token={token} shop={shop} />,
  });
};

/** Whatever a buyer is called, no mail program makes a link of it. */
const giver = (from: string | null) => (from === null ? "Somebody" : quietLinks(from));

function GiftReceivedLetter({
  gift: { from, title, summary, message },
  token,
  shop,
}: {
  readonly gift: GiftReceived;
  readonly token: string;
  readonly shop: Shop;
}) {
  const name = giver(from);
  return (
    <LetterPaper shop={shop} preview={`${title}, paid for and yours to keep.`} heading="A course for you">
      <Paragraph>Hello,</Paragraph>
      <Paragraph>
        {name} has paid for a course at {shop.name} and gives it to you: <strong>{title}</strong>. {summary}
      </Paragraph>
      {message === "" ? null : <Message text={quietLinks(message)} />}
      <PressLink href={`${shop.url}/gift?token=${token}`}>See your gift</PressLink>
      <Paragraph>
        The link is for one person and works until somebody has accepted it; you may pass it on. If you want
        no gift, do nothing: this address is forgotten after 90 days.
      </Paragraph>
    </LetterPaper>
  );
}

/** What the giver wrote, line by line. */
function Message({ text }: { readonly text: string }) {
  const lines = text.split("\n").map((line, index) => (
    <Fragment key={`${index}-${line}`}>
      {index > 0 ? <br /> : null}
      {line}
    </Fragment>
  ));
  return (
    <Section className="rule" style={quote}>
      <Paragraph>{lines}</Paragraph>
    </Section>
  );
}

const quote = { ...styles.text, borderLeft: "3px solid #e4dcca", paddingLeft: "16px" };

export const giftClaimedSubject = ({ title }: GiftClaimed) => `Your gift was accepted: ${title}`;

/** Tells the buyer, and not who accepted it. */
export function GiftClaimedLetter({ gift, shop }: { readonly gift: GiftClaimed; readonly shop: Shop }) {
  return (
    <LetterPaper shop={shop} preview="The course is open for them now." heading="Your gift was accepted">
      <Paragraph>Hello {gift.name},</Paragraph>
      <Paragraph>
        {gift.title}, from order{" "}
        <TextLink href={`${shop.url}/account/orders/${gift.orderNumber}`}>{gift.orderNumber}</TextLink>, was
        accepted just now. The course is open for them.
      </Paragraph>
    </LetterPaper>
  );
}

export const giftEndedSubject = ({ title }: GiftEnded) => `A gift has ended: ${title}`;

/** Tells whoever accepted a gift that its price went back. */
export function GiftEndedLetter({ gift, shop }: { readonly gift: GiftEnded; readonly shop: Shop }) {
  return (
    <LetterPaper shop={shop} preview="What was paid for it was refunded." heading="A gift has ended">
      <Paragraph>Hello {gift.name},</Paragraph>
      <Paragraph>
        {gift.title} was given to you. The person who gave it to you has been refunded, and so your access has
        ended. Your progress is kept, should you come back:{" "}
        <TextLink href={`${shop.url}/account/courses`}>your courses</TextLink>.
      </Paragraph>
    </LetterPaper>
  );
}
