"use server";

import { refresh } from "next/cache";
import { learnerAction, publicAction } from "@/lib/action";
import { env } from "@/lib/env";
import { unlinkAccount } from "@/lib/identity/linked-accounts";
import { checkOwnPassword } from "@/lib/identity/mutations";
import { guessablePassword } from "@/lib/identity/password-policy";
import { configuredProviders } from "@/lib/identity/provider-client";
import { goToProvider } from "@/lib/identity/provider-sign-in";
import { readClientAddress } from "@/lib/identity/request-address";
import type { TokenRejection } from "@/lib/identity/schema";
import {
  beginSecondFactor,
  confirmSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
} from "@/lib/identity/second-factor";
import { rotateSession } from "@/lib/identity/session";
import { forgive, throttle } from "@/lib/identity/throttle";
import type { SessionId } from "@/lib/ids";
import { err, ok, type Result } from "@/lib/result";
import {
  changeEmail,
  changePassword,
  endOtherSessions,
  endUserSession,
  requestEmailChange,
  saveNotifications,
  saveProfile,
} from "./mutations";
import {
  type ChangeEmailRejection,
  type ChangePasswordRejection,
  type ConfirmRejection,
  changeEmailInput,
  changePasswordInput,
  confirmedInput,
  confirmTwoStepInput,
  type LinkRejection,
  type Notifications,
  newAddressInput,
  nothingInput,
  notificationsInput,
  type Profile,
  profileInput,
  providerInput,
  sessionInput,
  type TwoStepRejection,
} from "./schema";

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
    if (!viewer.secondFactor) return err("wrong_password");
    const codes = await renewRecoveryCodes(viewer.userId, new Date());
    refresh();
    return ok(codes);
  },
);

/** Saves name, picture, zone, way of writing dates, and theme. */
export const saveProfileAction = learnerAction(
  profileInput,
  async (viewer, profile): Promise<Result<Profile, never>> => {
    await saveProfile(viewer.userId, profile);
    refresh();
    return ok(profile);
  },
);

/** Saves which optional mails are sent. */
export const saveNotificationsAction = learnerAction(
  notificationsInput,
  async (viewer, wanted): Promise<Result<Notifications, never>> => {
    await saveNotifications(viewer.userId, wanted);
    refresh();
    return ok(wanted);
  },
);

/** Mails a link to the new address; the old one stays until it was pressed. */
export const changeEmailAction = learnerAction(
  changeEmailInput,
  async (viewer, { email, password }): Promise<Result<undefined, ChangeEmailRejection>> => {
    const checked = await checkOwnPassword(viewer.userId, password);
    if (!checked.ok) return checked;
    if (email === viewer.email) return err("same_address");
    const counted = [await throttle("linkAccount", viewer.userId), await throttle("linkAccount", email)];
    if (!counted.every(({ ok: within }) => within)) return err("too_many_links");
    await requestEmailChange(viewer, email, new Date());
    return ok();
  },
);

/** Uses the link that was mailed to a new address, whoever is signed in. */
export const confirmEmailAction = publicAction(
  newAddressInput,
  async (_viewer, { token }): Promise<Result<undefined, TokenRejection>> => {
    const address = await readClientAddress();
    if (!(await throttle("tokenAddress", address)).ok) return err("throttled");
    const changed = await changeEmail(token, new Date());
    if (changed.ok) await forgive("tokenAddress", address);
    return changed;
  },
);

/** Sets a new password; every other browser is signed out. */
export const changePasswordAction = learnerAction(
  changePasswordInput,
  async (viewer, { currentPassword, newPassword }): Promise<Result<undefined, ChangePasswordRejection>> => {
    const checked = await checkOwnPassword(viewer.userId, currentPassword);
    if (!checked.ok) return checked;
    const { name, email } = viewer;
    const weakness = guessablePassword(newPassword, { storeName: env().STORE_NAME, name, email });
    if (weakness) return err(weakness);
    await changePassword(viewer, newPassword, new Date());
    await rotateSession();
    return ok();
  },
);

/** Leads to Google or GitHub, to link the sign-in there with the account. */
export const linkProviderAction = learnerAction(
  providerInput,
  async (viewer, { provider, password }): Promise<Result<undefined, LinkRejection>> => {
    if (!configuredProviders().includes(provider)) return err("not_configured");
    const checked = await checkOwnPassword(viewer.userId, password);
    if (!checked.ok) return checked;
    if (!viewer.emailVerified) return err("address_not_proved");
    return goToProvider(provider, { userId: viewer.userId });
  },
);

/** Takes a linked sign-in away. */
export const unlinkProviderAction = learnerAction(
  providerInput,
  async (viewer, { provider, password }): Promise<Result<undefined, LinkRejection>> => {
    const checked = await checkOwnPassword(viewer.userId, password);
    if (!checked.ok) return checked;
    await unlinkAccount(viewer, provider, new Date());
    refresh();
    return ok();
  },
);

/** Ends one of the viewer's own sessions. */
export const endSessionAction = learnerAction(
  sessionInput,
  async (viewer, { session }): Promise<Result<undefined, never>> => {
    await endUserSession(viewer.userId, session as SessionId);
    refresh();
    return ok();
  },
);

/** Ends all of the viewer's sessions but this one. */
export const endOtherSessionsAction = learnerAction(
  nothingInput,
  async (viewer): Promise<Result<undefined, never>> => {
    await endOtherSessions(viewer);
    refresh();
    return ok();
  },
);
