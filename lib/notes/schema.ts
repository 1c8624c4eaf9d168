import { z } from "zod";
import { slug } from "../catalog/schema";
import { MAX_NOTE } from "./limits";

/** A note as it was typed, and the revision that it was typed over; 0 when there was none. */
export const noteInput = z.object({
  course: slug,
  lesson: slug,
  revision: z.coerce.number().int().min(0).max(1_000_000_000),
  body: z
    .string()
    .max(MAX_NOTE, `may have up to ${MAX_NOTE.toLocaleString("en")} characters`)
    // A form posts line breaks as CR LF; Postgres keeps no NUL.
    .transform((text) => text.replaceAll("\r\n", "\n").replaceAll("\0", "")),
});
export type NoteInput = z.output<typeof noteInput>;

/** What became of a note: kept, or overtaken by one that was typed elsewhere, which comes back with its revision. */
export type SavedNote =
  | { readonly kind: "saved"; readonly revision: number }
  | { readonly kind: "overtaken"; readonly revision: number; readonly body: string };
