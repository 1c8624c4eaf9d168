import type { SessionId, UserId } from "../ids";

/** The signed-in person behind a request, as the database knows them at that moment. */
export type Viewer = {
  readonly userId: UserId;
  readonly sessionId: SessionId;
  readonly name: string;
  readonly email: string;
  readonly role: "learner" | "support" | "admin";
  readonly avatar: number;
  /** How pages are shown; null: as the browser has it. */
  readonly timeZone: string | null;
  readonly locale: string | null;
  readonly theme: "system" | "light" | "dark";
  /** Whether somebody proved to read the mailbox of `email`. */
  readonly emailVerified: boolean;
  /** Whether a code of the second factor was given in this session. Admin pages and actions ask for it. */
  readonly secondFactor: boolean;
};
