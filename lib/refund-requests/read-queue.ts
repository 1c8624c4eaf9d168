import { z } from "zod";
import type { RefundRequestId } from "@/lib/ids";
import { REQUEST_STATES, type RequestState } from "./schema";

type SentQuery = Readonly<Record<string, string | string[] | undefined>>;

const place = z
  .uuid()
  .transform((id) => id as RefundRequestId)
  .optional()
  .catch(undefined);
const asked = z.object({
  state: z.enum([...REQUEST_STATES, "all"]).catch("open"),
  before: place,
  after: place,
});

/** Which part of the queue an address asks for: the open requests, unless it says otherwise. */
export function readQueue(sent: SentQuery) {
  const { state, before, after } = asked.parse(sent);
  const cursor = after ? { after } : before ? { before } : {};
  return { state, cursor };
}

/** The queue's address. */
export function queueHref(
  state: RequestState | "all",
  at: { readonly before?: string | null; readonly after?: string | null } = {},
): string {
  const query = new URLSearchParams();
  if (state !== "open") query.set("state", state);
  for (const [name, id] of Object.entries(at)) if (id) query.set(name, id);
  const text = query.toString();
  return text ? `/admin/refund-requests?${text}` : "/admin/refund-requests";
}
