import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";

/** On the overview: payments that bounced in the last 7 days. Nothing when none did. */
export function FailedPayments({ count }: { readonly count: number }) {
  if (count === 0) return null;
  return (
    <Notice
      tone="danger"
      title={
        count === 1
          ? "One payment failed in the last 7 days."
          : `${count} payments failed in the last 7 days.`
      }
      className="mb-6"
    >
      <p>
        <Link href="/admin/orders?status=failed" prefetch={false}>
          Failed orders
        </Link>
      </p>
    </Notice>
  );
}
