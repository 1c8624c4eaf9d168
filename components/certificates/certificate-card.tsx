import { Award, Check, CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { DateTime } from "@/components/ui/date-time";
import type { Certificate } from "@/lib/certificates/queries";
import { QrCode } from "./qr-code";

/** The sheet itself: whose it is, for what, by whom; and the code that leads back to this page. */
export function CertificateCard({ certificate }: { readonly certificate: Certificate }) {
  return (
    <section
      aria-labelledby="certificate"
      className="rounded-lg border border-hairline bg-surface p-2 print:border-0"
    >
      <div className="grid gap-8 rounded-md border border-accent-line px-5 py-8 sm:px-10 sm:py-12 md:grid-cols-[1fr_auto] md:items-end">
        <div className="min-w-0">
          <p className="flex items-center gap-2 text-sm font-medium text-accent">
            <Award />
            Certificate of completion
          </p>
          <h1 id="certificate" className="mt-6 text-4xl wrap-anywhere">
            {certificate.holderName}
          </h1>
          <p className="mt-3 text-ink-soft">has completed the course</p>
          <p className="mt-1 font-serif text-xl font-title wrap-anywhere">{certificate.courseTitle}</p>
          <p className="mt-1 max-w-prose text-ink-soft">{certificate.courseSummary}</p>
          <p className="mt-6 text-sm text-ink-soft">
            {certificate.issuerName}, <DateTime at={certificate.completedAt} format="date" />
          </p>
        </div>
        <QrCode
          text={certificate.address}
          label="QR code that leads to this page"
          className="size-32 rounded-xs border border-hairline"
        />
      </div>
    </section>
  );
}

/** Every signed field again, with what the signature says about them. */
export function CertificateFacts({ certificate }: { readonly certificate: Certificate }) {
  return (
    <section aria-labelledby="signed" className="mt-10">
      <h2 id="signed" className="text-lg">
        What was signed
      </h2>
      <dl className="mt-3 border-t border-hairline-strong text-sm">
        <Fact name="Status">
          <Standing certificate={certificate} />
        </Fact>
        <Fact name="Holder">{certificate.holderName}</Fact>
        <Fact name="Course">
          {certificate.courseTitle}, version {certificate.courseVersion}
        </Fact>
        <Fact name="Completed">
          <DateTime at={certificate.completedAt} />
        </Fact>
        <Fact name="Issued">
          <DateTime at={certificate.issuedAt} /> by {certificate.issuerName}
        </Fact>
        <Fact name="Earned by">{certificate.criteria}</Fact>
        <Fact name="Number">
          <code className="wrap-anywhere">{certificate.publicId.replace(/(.{5})(?=.)/g, "$1-")}</code>
        </Fact>
        <Fact name="Signing key">
          <code className="wrap-anywhere">{certificate.keyName}</code>
        </Fact>
      </dl>
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="grid gap-x-6 gap-y-0.5 border-b border-hairline py-3 sm:grid-cols-[9rem_1fr]">
      <dt className="text-ink-muted">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </div>
  );
}

function Standing({ certificate }: { readonly certificate: Certificate }) {
  if (!certificate.isGenuine) {
    return (
      <Badge tone="danger" icon={<CircleAlert />}>
        The signature does not match
      </Badge>
    );
  }
  if (certificate.revoked) {
    return (
      <Badge tone="danger" icon={<CircleAlert />}>
        Not valid any more
      </Badge>
    );
  }
  return (
    <Badge tone="success" icon={<Check />}>
      Valid, signature checked now
    </Badge>
  );
}
