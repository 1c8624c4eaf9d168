import { z } from "zod";

const MOST_SIGNS = 200;

/** What somebody types into a search: cut where it is too long, without the character 0, which Postgres cannot hold. */
export const searchWords = z
  .string()
  .catch("")
  .transform((typed) => typed.replaceAll("\0", "").trim().normalize("NFKC").slice(0, MOST_SIGNS));
