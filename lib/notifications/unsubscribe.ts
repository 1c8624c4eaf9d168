/** Adapter: signs the links that switch a group of optional mails off, under the shop's secret. */
import "server-only";
import { timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { env } from "@/lib/env";
import type { UserId } from "@/lib/ids";
import { keyedHash } from "@/lib/seal";
import { OPTIONAL_MAILS, type OptionalMails } from "./optional-mails";

const sign = (userId: string, group: string) => keyedHash(`${userId} ${group}`, "unsubscribe");

const parts = z.tuple([z.uuid(), z.enum(OPTIONAL_MAILS), z.string().length(43)]);

/**
 * Names a reader and a group, and does nothing else than switching that group off. It never ends: a mail is read for years.
 * The same for every attempt to send a mail, so that the mail is the same too.
 */
export function unsubscribeToken(userId: UserId, group: OptionalMails): string {
  return [userId, group, sign(userId, group)].join(".");
}

/** Whom and what a token of ours names; null for any other text. */
export function readUnsubscribeToken(
  token: string,
): { readonly userId: UserId; readonly group: OptionalMails } | null {
  const read = parts.safeParse(token.split("."));
  if (!read.success) return null;
  const [userId, group, signature] = read.data;
  const isOurs = timingSafeEqual(Buffer.from(signature), Buffer.from(sign(userId, group)));
  return isOurs ? { userId: userId as UserId, group } : null;
}

/** The page for people, and the headers for mail programs. Source: RFC 8058, one-click unsubscribing by POST. */
export function unsubscribeLinks(userId: UserId, group: OptionalMails) {
  const { APP_URL } = env();
  const token = unsubscribeToken(userId, group);
  return {
    page: `${APP_URL}/unsubscribe/${token}`,
    headers: {
      "List-Unsubscribe": `<${APP_URL}/api/unsubscribe/${token}>`,
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    },
  };
}
