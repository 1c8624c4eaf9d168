import type { CertificateEarned } from "../schema";
import { LetterPaper, Paragraph, PressLink, type Shop, TextLink } from "./letter";

export const certificateEarnedSubject = (certificate: CertificateEarned) =>
  `Your certificate: ${certificate.title}`;

/** Sent when a course is completed for the first time. */
export function CertificateEarnedLetter({
  certificate,
  shop,
}: {
  readonly certificate: CertificateEarned;
  readonly shop: Shop;
}) {
  const address = `${shop.url}/certificates/${certificate.certificateId}`;
  return (
    <LetterPaper
      shop={shop}
      preview="You have completed the course; the certificate is yours."
      heading={`You have completed ${certificate.title}`}
    >
      <Paragraph>Hello {certificate.name},</Paragraph>
      <Paragraph>
        Every lesson is marked as complete and every exercise is passed. Your certificate has a page of its
        own, where anybody you give the address to can check it: <TextLink href={address}>{address}</TextLink>
      </Paragraph>
      <Paragraph>You can also download it there as a PDF and as an Open Badge.</Paragraph>
      <PressLink href={address}>See your certificate</PressLink>
    </LetterPaper>
  );
}
