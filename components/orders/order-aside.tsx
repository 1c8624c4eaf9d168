import { ExternalLink, ReceiptText } from "lucide-react";
import type { Route } from "next";
import { ButtonLink } from "@/components/ui/button";
import { DateTime } from "@/components/ui/date-time";
import { Panel, PanelBody, PanelHead } from "@/components/ui/panel";
import type { OrderDetails } from "@/lib/orders/queries";
import { PrintButton } from "./print-button";

/** Beside an order: the way to its courses, its receipt, and who it was billed to. */
export function OrderAside({ order }: { readonly order: OrderDetails }) {
  const open = order.items.filter((item) => item.hasAccess);
  const start = open.length === 1 ? `/learn/${open[0]?.slug}` : "/account/courses";
  return (
    <div className="grid gap-5">
      {open.length > 0 ? (
        <ButtonLink href={start as Route} variant="primary" size="large" block prefetch={false}>
          Start learning
        </ButtonLink>
      ) : null}
      {order.receiptUrl ? <Documents url={order.receiptUrl} paidAt={order.paidAt} /> : null}
      <BilledTo billing={order.billing} />
      <PrintButton />
    </div>
  );
}

function Documents({ url, paidAt }: { readonly url: string; readonly paidAt: Date | null }) {
  return (
    <Panel as="section" aria-labelledby="documents" className="overflow-hidden print:hidden">
      <PanelHead id="documents" title="Documents" />
      <a
        href={url}
        className="flex min-h-14 items-center gap-3 px-5 py-2 text-sm font-medium text-ink no-underline hover:bg-sunken hover:text-ink lg:px-6 [&_svg]:size-4.5! [&_svg]:text-ink-muted"
      >
        <ReceiptText />
        <span className="flex-1">
          Receipt
          {paidAt ? (
            <small className="block text-xs font-normal text-ink-muted">
              <DateTime at={paidAt} format="date" />
            </small>
          ) : null}
        </span>
        <ExternalLink />
      </a>
    </Panel>
  );
}

function BilledTo({ billing: { name, email, address } }: { readonly billing: OrderDetails["billing"] }) {
  const region = [address?.state, address?.postalCode].filter(Boolean).join(" ");
  const town = [address?.city, region].filter(Boolean).join(", ");
  const country = address?.country ? countryName(address.country) : null;
  const lines = [name, address?.line1, address?.line2, town, country].filter(Boolean);
  if (lines.length === 0 && !email) return null;
  return (
    <Panel as="section" aria-labelledby="billed-to">
      <PanelHead id="billed-to" title="Billed to" />
      <PanelBody className="text-sm text-ink-soft">
        <address className="leading-relaxed">
          {lines.map((line) => (
            <span key={line} className="block">
              {line}
            </span>
          ))}
          {email ? <span className="mt-3 block wrap-anywhere first:mt-0">{email}</span> : null}
        </address>
      </PanelBody>
    </Panel>
  );
}

/** `us` → United States. What is no country code stays as it is. */
function countryName(code: string): string {
  if (!/^[a-z]{2}$/i.test(code)) return code;
  return new Intl.DisplayNames("en", { type: "region", fallback: "code" }).of(code.toUpperCase()) ?? code;
}
