import { createHash } from "node:crypto";
import type { UserId } from "../ids";

/** Names a person in their own browser's store, where it must tell nothing about them to whoever looks later. */
export function accountName(userId: UserId): string {
  return createHash("sha256").update(`browser store of ${userId}`).digest("base64url").slice(0, 22);
}
