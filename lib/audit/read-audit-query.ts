import { z } from "zod";
import { searchWords } from "@/lib/search-words";
import type { AuditCursor, AuditFilter } from "./queries";
import { AUDIT_ACTIONS, type AuditAction } from "./schema";

const place = z.coerce.number().int().positive().max(2_147_483_647).optional().catch(undefined);

const query = z.object({
  q: searchWords,
  action: z
    .enum(Object.keys(AUDIT_ACTIONS) as [AuditAction, ...AuditAction[]])
    .optional()
    .catch(undefined),
  before: place,
  after: place,
});

export type AuditQuery = AuditFilter & { readonly cursor: AuditCursor; readonly q: string };

/** What the page's address asks for; what makes no sense counts as not asked. Of two places `after` wins. */
export function readAuditQuery(sent: Readonly<Record<string, string | string[] | undefined>>): AuditQuery {
  const { q, action, before, after } = query.parse(sent);
  const cursor = after === undefined ? { before } : { after };
  return { q, begins: q === "" ? undefined : q, action, cursor };
}
