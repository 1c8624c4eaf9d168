import type { CommonRejection } from "@/lib/action";
import type {
  BlockRejection,
  ErasureRejection,
  PersonRejection,
  RoleRejection,
  VerificationRejection,
} from "@/lib/people/schema";
import { commonTexts } from "./common-texts";

type Any = PersonRejection | RoleRejection | BlockRejection | VerificationRejection | ErasureRejection;

/** Why nothing was done to an account. */
export const personTexts = {
  ...commonTexts,
  unknown_user: "This account is not there any more.",
  staff_account: "This is an account of staff. Ask an admin.",
  changed_meanwhile: "Somebody else has changed this role in the meantime. Look again, then decide.",
  last_admin: "This is the last admin. Make somebody else an admin first.",
  not_verified: "The address of this account is not confirmed yet, so it gets no rights.",
  wrong_password: "This is not your password.",
  throttled: "Too often in a row. Wait a while, then try again.",
  yourself: "You cannot block yourself.",
  verified_already: "The address is confirmed already.",
} satisfies Record<Any | CommonRejection, string>;
