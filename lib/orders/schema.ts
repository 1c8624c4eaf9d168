import { z } from "zod";

/** `ORD-20260131-7K3M9Q`; letters in Crockford's base32. */
export const orderNumber = z.string().regex(/^ORD-\d{8}-[0-9A-HJKMNP-TV-Z]{6}$/);
