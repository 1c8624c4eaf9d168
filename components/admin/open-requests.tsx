import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";

/** On the overview: who waits for an answer. Nothing when nobody does. */
export function OpenRequests({ count }: { readonly count: number }) {
  if (count === 0) return null;
  return (
    <Notice
      tone="warning"
      title={
        count === 1
          ? "One refund request waits for an answer."
          : `${count} refund requests wait for an answer.`
      }
      className="mb-6"
    >
      <p>
        <Link href="/admin/refund-requests" prefetch={false}>
          Look at {count === 1 ? "it" : "them"}
        </Link>
      </p>
    </Notice>
  );
}
