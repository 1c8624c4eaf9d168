"use server";

import { refresh } from "next/cache";
import { adminAction } from "@/lib/action";
import { checkOwnPassword } from "@/lib/identity/mutations";
import { throttle } from "@/lib/identity/throttle";
import { err, type Result } from "@/lib/result";
import {
  blockPerson,
  changeRole,
  endSessions,
  planErasureFor,
  requestExportFor,
  resendVerification,
  unblockPerson,
  undoErasureFor,
} from "./mutations";
import {
  blockInput,
  endSessionsInput,
  personInput,
  type RoleRejection,
  roleInput,
  type VerificationRejection,
} from "./schema";

export const changeRoleAction = adminAction(
  "users.role",
  roleInput,
  async (staff, { password, ...change }): Promise<Result<undefined, RoleRejection>> => {
    const checked = await checkOwnPassword(staff.userId, password);
    if (!checked.ok) return checked;
    const changed = await changeRole(staff.userId, change);
    refresh();
    return changed;
  },
);

export const blockPersonAction = adminAction("users.block", blockInput, async (staff, input) => {
  const blocked = await blockPerson(staff.userId, input);
  refresh();
  return blocked;
});

export const unblockPersonAction = adminAction("users.block", personInput, async (staff, input) => {
  const unblocked = await unblockPerson(staff.userId, input);
  refresh();
  return unblocked;
});

export const endSessionsAction = adminAction("users.help", endSessionsInput, async (staff, input) => {
  const ended = await endSessions(staff.userId, input);
  refresh();
  return ended;
});

export const resendVerificationAction = adminAction(
  "users.help",
  personInput,
  async (staff, input): Promise<Result<undefined, VerificationRejection>> => {
    if (!(await throttle("linkAccount", input.user)).ok) return err("throttled");
    const sent = await resendVerification(staff.userId, input);
    refresh();
    return sent;
  },
);

export const requestExportForAction = adminAction("users.help", personInput, async (staff, input) => {
  const asked = await requestExportFor(staff.userId, input);
  refresh();
  return asked;
});

export const planErasureForAction = adminAction("users.erase", personInput, async (staff, input) => {
  const planned = await planErasureFor(staff.userId, input, new Date());
  refresh();
  return planned;
});

export const undoErasureForAction = adminAction("users.erase", personInput, async (staff, input) => {
  const undone = await undoErasureFor(staff.userId, input, new Date());
  refresh();
  return undone;
});
