import type { ReactNode } from "react";
import type { z } from "zod";
import { err, ok, type Result } from "@/lib/result";
import type { Shop } from "./letter";

export type Draft = { readonly subject: string; readonly letter: ReactNode };
export type Writer = (payload: unknown, shop: Shop) => Result<Draft, string>;

/** Reads the stored payload with its schema, then writes the letter. The error names the field that cannot be read. */
export function writer<S extends z.ZodType>(
  schema: S,
  write: (payload: z.output<S>, shop: Shop) => Draft,
): Writer {
  return (payload, shop) => {
    const read = schema.safeParse(payload);
    return read.success ? ok(write(read.data, shop)) : err(read.error.issues[0]?.path.join(".") ?? "payload");
  };
}
