import type { SessionId, UserId } from "../ids";

/** The signed-in person behind a request, as the database knows them at that moment. */
export type Viewer = {
  readonly userId: UserId;
  readonly sessionId: SessionId;
  readonly name: string;
  readonly email: string;
  readonly role: "learner" | "admin";
};
