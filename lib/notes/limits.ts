/** Characters of a note. */
export const MAX_NOTE = 20_000;
