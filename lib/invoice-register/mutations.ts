import "server-only";
import { withTransaction } from "@/db/client";
import { recordAudit } from "@/lib/audit/mutations";
import type { UserId } from "@/lib/ids";

/** Notes who took the documents out of the shop, and by which filter. */
export async function recordRegisterExport(actorId: UserId, filter: string): Promise<void> {
  await withTransaction((tx) =>
    recordAudit(tx, {
      actorId,
      action: "documents.exported",
      subject: { type: "list", id: "documents", label: "Documents" },
      detail: { after: { filter } },
    }),
  );
}
