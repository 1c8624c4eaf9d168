/** Days between asking for the deletion and the deletion. */
export const GRACE_DAYS = 14;
