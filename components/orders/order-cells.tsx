import type { Route } from "next";
import { Link } from "@/components/ui/link";
import { Td } from "@/components/ui/table";

/** The cell that names a row by its order and leads there; a target for thumbs on phones. */
export function OrderNumberCell({ href, children }: { readonly href: string; readonly children: string }) {
  return (
    <Td lead>
      <Link
        href={href as Route}
        prefetch={false}
        className="font-medium whitespace-nowrap tabular-nums max-md:inline-flex max-md:min-h-target max-md:items-center"
      >
        {children}
      </Link>
    </Td>
  );
}

/** The payment provider's receipt of an order, if there is one. */
export function ReceiptCell({
  orderNumber,
  receiptUrl,
}: {
  readonly orderNumber: string;
  readonly receiptUrl: string | null;
}) {
  return (
    <Td label="Receipt">
      {receiptUrl ? (
        <a href={receiptUrl} className="inline-flex items-center max-md:min-h-target">
          Receipt<span className="sr-only"> for {orderNumber}</span>
        </a>
      ) : (
        <span className="text-ink-muted">None</span>
      )}
    </Td>
  );
}
