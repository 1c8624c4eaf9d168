import { FileDown, Medal, Share2 } from "lucide-react";
import { buttonClass } from "@/components/ui/button-class";
import { CopyButton } from "@/components/ui/copy-button";
import type { Certificate } from "@/lib/certificates/queries";

/** Take it along, or show it. Files are plain links: the browser downloads them. */
export function CertificateActions({ certificate }: { readonly certificate: Certificate }) {
  const { address, publicId, courseTitle } = certificate;
  const here = `/certificates/${publicId}`;
  const mail = `mailto:?subject=${encodeURIComponent(`Certificate: ${courseTitle}`)}&body=${encodeURIComponent(address)}`;
  const share = `https://www.linkedin.com/sharing/share-offsite/?url=${encodeURIComponent(address)}`;
  return (
    <div className="mt-6 flex flex-wrap items-center gap-3 print:hidden">
      <a href={`${here}/pdf`} className={buttonClass({ variant: "primary" })}>
        <FileDown />
        Download PDF
      </a>
      <a href={`${here}/badge`} className={buttonClass()}>
        <Medal />
        Open Badge
      </a>
      <CopyButton text={address} label="Copy link" />
      <a href={share} rel="noopener noreferrer" target="_blank" className={buttonClass({ variant: "quiet" })}>
        <Share2 />
        LinkedIn<span className="sr-only"> (opens in a new tab)</span>
      </a>
      <a href={mail} className={buttonClass({ variant: "quiet" })}>
        E-mail
      </a>
    </div>
  );
}
