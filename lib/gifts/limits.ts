/** Characters of the words that go with a gift. */
export const MAX_MESSAGE = 500;
/** Days ahead for which a gift can be planned. */
export const MAX_DAYS_AHEAD = 365;
