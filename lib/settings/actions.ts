"use server";

import { refresh } from "next/cache";
import { learnerAction } from "@/lib/action";
import { checkOwnPassword } from "@/lib/identity/mutations";
import {
  beginSecondFactor,
  confirmSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
} from "@/lib/identity/second-factor";
import { rotateSession } from "@/lib/identity/session";
import { err, ok, type Result } from "@/lib/result";
import { type ConfirmRejection, confirmedInput, confirmTwoStepInput, type TwoStepRejection } from "./schema";

/** Makes a key for an authenticator app; it counts once a code of it was given. */
export const beginTwoStepAction = learnerAction(
  confirmedInput,
  async (viewer, { password }): Promise<Result<undefined, ConfirmRejection>> => {
    const checked = await checkOwnPassword(viewer.userId, password);
    if (!checked.ok) return checked;
    await beginSecondFactor(viewer.userId);
    refresh();
    return ok();
  },
);

/** Switches two-step sign-in on and answers the recovery codes, this once. */
export const confirmTwoStepAction = learnerAction(
  confirmTwoStepInput,
  async (viewer, { code }): Promise<Result<readonly string[], TwoStepRejection>> => {
    const confirmed = await confirmSecondFactor(viewer, code, new Date());
    if (confirmed.ok) await rotateSession();
    return confirmed;
  },
);

/** Switches two-step sign-in off. */
export const endTwoStepAction = learnerAction(
  confirmedInput,
  async (viewer, { password }): Promise<Result<undefined, ConfirmRejection>> => {
    const checked = await checkOwnPassword(viewer.userId, password);
    if (!checked.ok) return checked;
    await removeSecondFactor(viewer.userId, new Date());
    await rotateSession();
    return ok();
  },
);

/** Answers new recovery codes, this once; the old ones are worth nothing then. */
export const renewRecoveryCodesAction = learnerAction(
  confirmedInput,
  async (viewer, { password }): Promise<Result<readonly string[], ConfirmRejection>> => {
    const checked = await checkOwnPassword(viewer.userId, password);
    if (!checked.ok) return checked;
    return viewer.secondFactor
      ? ok(await renewRecoveryCodes(viewer.userId, new Date()))
      : err("wrong_password");
  },
);
