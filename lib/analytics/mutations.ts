import "server-only";
import { withTransaction } from "@/db/client";
import { recordAudit } from "@/lib/audit/mutations";
import type { UserId } from "@/lib/ids";

/** Notes who took the numbers out of the shop, and which. */
export async function recordReportExport(actorId: UserId, report: string): Promise<void> {
  await withTransaction((tx) =>
    recordAudit(tx, {
      actorId,
      action: "analytics.exported",
      subject: { type: "list", id: "analytics", label: "Analytics" },
      detail: { after: { report } },
    }),
  );
}
