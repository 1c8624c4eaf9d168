import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { CertificateActions } from "@/components/certificates/certificate-actions";
import { CertificateCard, CertificateFacts } from "@/components/certificates/certificate-card";
import { DateTime } from "@/components/ui/date-time";
import { Notice } from "@/components/ui/notice";
import { findCertificate } from "@/lib/certificates/queries";
import { REVOCATIONS } from "@/lib/certificates/schema";

const readCertificate = cache(findCertificate);

export async function generateMetadata({ params }: PageProps<"/certificates/[id]">): Promise<Metadata> {
  const certificate = await readCertificate((await params).id);
  return {
    title: certificate ? `${certificate.holderName}, ${certificate.courseTitle}` : undefined,
    description: certificate ? `Certificate of completion, issued by ${certificate.issuerName}.` : undefined,
    robots: { index: false },
  };
}

/** Open to whoever has the address, and read anew each time: a withdrawn certificate says so at once. */
export default async function CertificatePage({ params }: PageProps<"/certificates/[id]">) {
  const certificate = await readCertificate((await params).id);
  if (!certificate) notFound();
  const { revoked, isGenuine } = certificate;
  return (
    <>
      {revoked ? (
        <Notice tone="danger" title="This certificate is not valid any more." className="mb-6">
          <p>
            {REVOCATIONS[revoked.reason]} <DateTime at={revoked.at} format="date" />
          </p>
        </Notice>
      ) : null}
      {isGenuine ? null : (
        <Notice tone="danger" title="The signature of this certificate does not match." className="mb-6">
          <p>What it says was changed after it was issued, or the shop no longer knows its key.</p>
        </Notice>
      )}
      <CertificateCard certificate={certificate} />
      {revoked || !isGenuine ? null : <CertificateActions certificate={certificate} />}
      <CertificateFacts certificate={certificate} />
    </>
  );
}
