import "server-only";
import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { type AuditDetail, auditEntries, auditHeads } from "@/db/schema/audit";
import type { UserId } from "@/lib/ids";
import { CHAIN_START, hashEntry } from "./chain";
import type { AuditAction, SubjectType } from "./schema";

export type NewAuditEntry = {
  readonly actorId: UserId;
  readonly action: AuditAction;
  readonly subject: { readonly type: SubjectType; readonly id: string; readonly label: string };
  readonly detail?: AuditDetail;
};

/**
 * Adds a line to the audit log, as part of the transaction that makes the change: both are there, or neither. Call it last:
 * the end of the chain is the one row that every change of staff waits for.
 */
export async function recordAudit(tx: Transaction, entry: NewAuditEntry): Promise<void> {
  const [head] = await tx
    .insert(auditHeads)
    .values(CHAIN_START)
    .onConflictDoUpdate({ target: auditHeads.only, set: { only: true } })
    .returning({
      number: auditHeads.number,
      hash: auditHeads.hash,
      now: sql<string>`date_trunc('milliseconds', clock_timestamp())`,
    });
  if (!head) throw new Error("The database answered no row for an upsert");
  const { actorId, action, subject, detail = {} } = entry;
  const chained = {
    number: head.number + 1,
    at: new Date(head.now),
    actorId,
    action,
    subjectType: subject.type,
    subjectId: subject.id,
    subjectLabel: subject.label,
    detail,
    previousHash: head.hash,
  };
  const hash = hashEntry(chained);
  await tx.insert(auditEntries).values({ ...chained, hash });
  await tx.update(auditHeads).set({ number: chained.number, hash });
}
