import { z } from "zod";
import type { SessionId, UserId } from "@/lib/ids";
import { ROLES } from "./roles";

export const PERSON_STATES = ["active", "unverified", "blocked", "leaving", "erased"] as const;
export type PersonState = (typeof PERSON_STATES)[number];

const user = z.uuid().transform((id) => id as UserId);

export const personInput = z.object({ user });

export const roleInput = z.object({
  user,
  /** The role as the page showed it, so that two admins do not undo each other unseen. */
  seen: z.enum(ROLES),
  role: z.enum(ROLES),
  /** Rights are handed out by a person, not by a browser left alone. */
  password: z.string().max(512),
});

export const blockInput = z.object({
  user,
  reason: z.string().trim().min(3, "Say why, in a few words.").max(500, "At most 500 characters."),
});

export const endSessionsInput = z.object({
  user,
  /** One of them; all without it. */
  session: z
    .uuid()
    .transform((id) => id as SessionId)
    .optional(),
});

export type PersonRejection = "unknown_user" | "staff_account";
export type RoleRejection =
  | PersonRejection
  | "changed_meanwhile"
  | "last_admin"
  | "not_verified"
  | "wrong_password"
  | "throttled";
export type BlockRejection = PersonRejection | "last_admin" | "yourself";
export type VerificationRejection = PersonRejection | "verified_already" | "throttled";
export type ErasureRejection = PersonRejection | "last_admin";
