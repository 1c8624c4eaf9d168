import "server-only";
import { withTransaction } from "@/db/client";
import { recordAudit } from "@/lib/audit/mutations";
import type { UserId } from "@/lib/ids";

/** Notes who took the orders out of the shop, and by which filter. */
export async function recordSalesExport(actorId: UserId, filter: string): Promise<void> {
  await withTransaction((tx) =>
    recordAudit(tx, {
      actorId,
      action: "orders.exported",
      subject: { type: "list", id: "orders", label: "Orders" },
      detail: { after: { filter } },
    }),
  );
}
