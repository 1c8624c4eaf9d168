import type { UserId } from "../ids";
import { newId } from "../ids";
import type { SecurityEvent } from "../notifications/account-mails";
import type { NewEmail } from "../notifications/schema";

type Owner = { readonly userId: UserId; readonly email: string; readonly name: string };

/** The mail that tells the owner what changed about the way into the account; one for each change. */
export function noticeOf(owner: Owner, event: SecurityEvent, now: Date): NewEmail {
  return {
    kind: "security_notice",
    subjectId: newId(),
    userId: owner.userId,
    toAddress: owner.email,
    payload: { name: owner.name, event, at: now.toISOString() },
  };
}
