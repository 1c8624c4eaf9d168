import { findViewer } from "@/lib/identity/session";
import { VerificationForm } from "./verification-form";

/** Above the account's pages while nobody proved the mailbox. Buying and learning go on meanwhile. */
export async function UnverifiedNotice() {
  const viewer = await findViewer();
  return viewer && !viewer.emailVerified ? <VerificationForm email={viewer.email} /> : null;
}
