/** At most `points` in `seconds` from the first one; then nothing for `pause` seconds (default: until `seconds` are over). */
export type Limit = { readonly points: number; readonly seconds: number; readonly pause?: number };

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * Every throttle of the shop. Sign-in counts failures only (a success gives its point back); why it has four, and how the
 * owner of an attacked account still gets in, stands in docs/decisions/0004-sign-in-and-sign-up.md.
 */
export const limits = {
  /** Key: account and address. */
  signInHere: { points: 5, seconds: 10 * MINUTE, pause: 10 * MINUTE },
  /** Key: address, over all accounts. */
  signInAddress: { points: 40, seconds: 10 * MINUTE },
  /** Key: account, over all addresses from which its owner never signed in. */
  signInAccountHour: { points: 30, seconds: HOUR, pause: HOUR },
  signInAccountDay: { points: 100, seconds: DAY, pause: DAY },
  /** Key: address. Counts every try. */
  signUpAddress: { points: 60, seconds: HOUR },
  /** Key: e-mail address, with an account or not. Counts every try: each of them sends a mail. */
  signUpAccount: { points: 5, seconds: HOUR },
  /** Key: e-mail address, with an account or not. Links to sign in, to reset the password, to verify the address. */
  linkAccount: { points: 5, seconds: HOUR },
  /** Key: address. */
  linkAddress: { points: 60, seconds: HOUR },
  /** Key: address. Links that were wrong or too old; far more than anybody presses. */
  tokenAddress: { points: 120, seconds: HOUR },
  /** Key: account. Wrong codes of the second factor, by somebody who has the password. */
  secondFactor: { points: 5, seconds: 10 * MINUTE, pause: 10 * MINUTE },
  secondFactorDay: { points: 30, seconds: DAY, pause: DAY },
  /** Key: account. Wrong passwords typed into its own settings. */
  confirmPassword: { points: 5, seconds: 10 * MINUTE, pause: 10 * MINUTE },
  /** Key: user. Mails that a buyer has sent to others by sending gifts again or to another address. */
  giftMails: { points: 10, seconds: HOUR },
  /** Key: user and gift. */
  giftAgain: { points: 5, seconds: DAY },
  /** Key: account of staff. Mails to themselves that show whether the sender works. */
  testMail: { points: 10, seconds: HOUR },
  /** Key: cart or user. Codes that exist give their point back. */
  couponVisitor: { points: 10, seconds: 10 * MINUTE },
  /** Key: address. */
  couponAddress: { points: 60, seconds: HOUR },
  /** Key: a constant. Far above what a shop's own visitors mistype. */
  couponEverywhere: { points: 600, seconds: 10 * MINUTE },
  /** Key: user. Nobody submits or types faster; a script that fills the tables does. */
  lessonMark: { points: 60, seconds: MINUTE },
  lessonNote: { points: 120, seconds: MINUTE },
  exerciseAttempt: { points: 60, seconds: MINUTE },
  exerciseDraft: { points: 240, seconds: MINUTE },
  /** Key: user. Each lesson in sight tells twice a minute that it is read, and once whenever it comes or goes. */
  lessonPulse: { points: 120, seconds: MINUTE },
  /** Key: address. Questions answered without an account; a class behind one address does not reach it. */
  quizAddress: { points: 120, seconds: MINUTE },
} as const satisfies Readonly<Record<string, Limit>>;

export type ThrottleKind = keyof typeof limits;
