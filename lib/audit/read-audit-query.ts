import { z } from "zod";
import { calendarDay } from "@/lib/calendar-day";
import type { UserId } from "@/lib/ids";
import { searchWords } from "@/lib/search-words";
import type { AuditCursor, AuditFilter } from "./queries";
import { AUDIT_ACTIONS, type AuditAction } from "./schema";

const place = z.coerce.number().int().positive().max(2_147_483_647).optional().catch(undefined);

const day = calendarDay.optional().catch(undefined);

const query = z.object({
  q: searchWords,
  action: z
    .enum(Object.keys(AUDIT_ACTIONS) as [AuditAction, ...AuditAction[]])
    .optional()
    .catch(undefined),
  actor: z
    .uuid()
    .transform((id) => id as UserId)
    .optional()
    .catch(undefined),
  from: day,
  to: day,
  before: place,
  after: place,
});

export type AuditQuery = AuditFilter & { readonly cursor: AuditCursor; readonly q: string };

/** What the page's address asks for; what makes no sense counts as not asked. Of two places `after` wins. */
export function readAuditQuery(sent: Readonly<Record<string, string | string[] | undefined>>): AuditQuery {
  const { q, before, after, ...narrowed } = query.parse(sent);
  const cursor = after === undefined ? { before } : { after };
  return { ...narrowed, q, begins: q === "" ? undefined : q, cursor };
}

/** The address of the same list, elsewhere in it; only what was asked for. */
export function auditQuery(
  { q, action, actor, from, to }: Partial<AuditQuery>,
  place: Readonly<Record<string, string>> = {},
): string {
  const kept = Object.entries({ q, action, actor, from, to, ...place }).filter(
    (entry): entry is [string, string] => Boolean(entry[1]),
  );
  return kept.length === 0 ? "" : `?${new URLSearchParams(kept)}`;
}
