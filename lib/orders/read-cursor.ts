import { z } from "zod";
import type { OrderCursor } from "./order-page";
import { orderNumber } from "./schema";

const cursor = z.object({
  before: orderNumber.optional().catch(undefined),
  after: orderNumber.optional().catch(undefined),
});

/** The place in a list from a page's query string; what is no order number counts as not set, and `after` wins. */
export function readCursor(query: Readonly<Record<string, string | string[] | undefined>>): OrderCursor {
  const { before, after } = cursor.parse(query);
  return after ? { after } : before ? { before } : {};
}
