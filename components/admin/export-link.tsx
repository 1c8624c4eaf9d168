import { Download } from "lucide-react";
import { buttonClass } from "@/components/ui/button-class";

type Props = { readonly href: string; readonly of: string; readonly small?: boolean };

/** No Link: what answers is a file, not a page. */
export function ExportLink({ href, of, small = false }: Props) {
  return (
    <a href={href} download className={buttonClass({ size: small ? "small" : "medium" })}>
      <Download />
      Export CSV<span className="sr-only">: {of}</span>
    </a>
  );
}
