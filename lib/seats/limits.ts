/** Rows of one import: each is a transaction of its own. */
export const MOST_ROWS = 1_000;
