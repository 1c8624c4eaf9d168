import { Notice } from "@/components/ui/notice";
import { env } from "@/lib/env";

/** With the local stand-in for mail: where letters land. With a real provider there is nothing to say. */
export function InboxHint() {
  const { RESEND_BASE_URL } = env();
  if (RESEND_BASE_URL === undefined || !/^http:\/\/(127\.0\.0\.1|localhost):/.test(RESEND_BASE_URL))
    return null;
  return (
    <Notice title="This shop sends its mail to a local inbox" className="mt-6">
      <p>
        <a href={RESEND_BASE_URL.replace("127.0.0.1", "localhost")}>Open the inbox</a> to read it.
      </p>
    </Notice>
  );
}
