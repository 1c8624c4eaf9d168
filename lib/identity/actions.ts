"use server";

import { redirect } from "next/navigation";
import { learnerAction, publicAction } from "@/lib/action";
import { env } from "@/lib/env";
import { newSecret } from "@/lib/ids";
import { err, ok, type Result } from "@/lib/result";
import { arrive, proceed } from "./arrive";
import {
  completeSignUp,
  findLinkOwner,
  openSignInLink,
  requestLink,
  requestSignUp,
  resetPassword,
  verifyAddress,
} from "./mailed-links";
import { checkSignIn, finishSecondStep, forgetGuesses } from "./mutations";
import { guessablePassword } from "./password-policy";
import { configuredProviders } from "./provider-client";
import { goToProvider } from "./provider-sign-in";
import { readClientAddress } from "./request-address";
import { safeReturnTo } from "./safe-return-to";
import {
  type CompleteSignUpRejection,
  completeSignUpInput,
  emptyInput,
  type LinkRejection,
  linkInput,
  providerInput,
  type ResetPasswordRejection,
  resetPasswordInput,
  type SecondStepRejection,
  type SignInRejection,
  type SignUpRejection,
  secondStepInput,
  signInInput,
  signUpInput,
  type TokenRejection,
  tokenInput,
} from "./schema";
import { endSession } from "./session";
import { clearStep, readStep, writeStep } from "./step-cookie";
import { forgive, throttle } from "./throttle";

/**
 * Asks for an account. Whether or not the address has one already, the page that follows says that a mail is on its way;
 * the mail says the rest.
 */
export const signUpAction = publicAction(
  signUpInput,
  async (_viewer, { name, email, password, returnTo }): Promise<Result<never, SignUpRejection>> => {
    if (!(await throttle("signUpAddress", await readClientAddress())).ok) return err("throttled");
    const weakness = guessablePassword(password, { storeName: env().STORE_NAME, name, email });
    if (weakness) return err(weakness);
    if (!(await throttle("signUpAccount", email)).ok) return err("throttled");
    const browser = newSecret();
    const wanted = safeReturnTo(returnTo, "") || undefined;
    await requestSignUp({ email, name, password, browser, returnTo: wanted });
    await writeStep("sign_up", browser);
    redirect("/verify-email");
  },
);

/** Makes the account of a mailed link and signs in; on success it ends in a redirect to where one was going. */
export const completeSignUpAction = publicAction(
  completeSignUpInput,
  async (_viewer, { token, password }): Promise<Result<never, CompleteSignUpRejection>> => {
    const counted = await countToken();
    if (!counted.ok) return counted;
    const browser = await readStep("sign_up");
    const made = await completeSignUp(token, { browser, password: password ?? null });
    if (!made.ok) return made;
    await Promise.all([forgiveToken(), clearStep("sign_up")]);
    return arrive(made.value.userId, { stay: true, secondFactor: false, returnTo: made.value.returnTo });
  },
);

/** Signs in; on success it ends in a redirect to `returnTo`, with the guest's cart, or to the second step. */
export const signInAction = publicAction(
  signInInput,
  async (_viewer, { email, password, stay, returnTo }): Promise<Result<never, SignInRejection>> => {
    const checked = await checkSignIn({ email, password, address: await readClientAddress() });
    return checked.ok ? proceed(checked.value, { stay, returnTo }) : checked;
  },
);

/** The second step: a code of the app, or a recovery code. */
export const secondStepAction = publicAction(
  secondStepInput,
  async (_viewer, { code }): Promise<Result<never, SecondStepRejection>> => {
    const step = await readStep("second_step");
    const done = step ? await finishSecondStep(step, code, new Date()) : err("step_over");
    if (!done.ok) return done;
    await clearStep("second_step");
    return arrive(done.value.userId, { ...done.value, secondFactor: true });
  },
);

/** Mails a link to sign in, if the address has an account; answers the same for any. */
export const requestSignInLinkAction = publicAction(
  linkInput,
  async (_viewer, { email, returnTo }): Promise<Result<undefined, LinkRejection>> => {
    if (!(await mayAskForLink(email))) return err("throttled");
    await requestLink("sign_in", email, safeReturnTo(returnTo, "") || undefined);
    return ok();
  },
);

/** Uses a mailed link to sign in. A second factor is asked for all the same. */
export const openSignInLinkAction = publicAction(
  tokenInput,
  async (_viewer, { token }): Promise<Result<undefined, TokenRejection>> => {
    const counted = await countToken();
    if (!counted.ok) return counted;
    const opened = await openSignInLink(token);
    if (!opened.ok) return opened;
    await forgiveToken();
    return proceed(opened.value.userId, { stay: true, returnTo: opened.value.returnTo });
  },
);

/** Mails a link to choose a new password, if the address has an account; answers the same for any. */
export const requestPasswordResetAction = publicAction(
  linkInput,
  async (_viewer, { email }): Promise<Result<undefined, LinkRejection>> => {
    if (!(await mayAskForLink(email))) return err("throttled");
    await requestLink("reset_password", email);
    return ok();
  },
);

/** Sets the password of a mailed link's account and ends its sessions. Signing in with it comes next, with its second step. */
export const resetPasswordAction = publicAction(
  resetPasswordInput,
  async (_viewer, { token, password }): Promise<Result<never, ResetPasswordRejection>> => {
    const counted = await countToken();
    if (!counted.ok) return counted;
    const owner = await findLinkOwner("reset_password", token);
    if (!owner) return err("link_spent");
    const weakness = guessablePassword(password, {
      storeName: env().STORE_NAME,
      name: owner.name,
      email: owner.email,
    });
    if (weakness) return err(weakness);
    const reset = await resetPassword(token, password, new Date());
    if (!reset.ok) return reset;
    await Promise.all([forgiveToken(), forgetGuesses(reset.value, await readClientAddress())]);
    redirect("/sign-in?password=changed");
  },
);

/** Mails a link that proves the address of the account in use. */
export const requestVerificationAction = learnerAction(
  emptyInput,
  async (viewer): Promise<Result<undefined, LinkRejection>> => {
    if (viewer.emailVerified) return ok();
    if (!(await mayAskForLink(viewer.email))) return err("throttled");
    await requestLink("verify_address", viewer.email);
    return ok();
  },
);

/** Uses a mailed link that proves an address, whoever is signed in. */
export const verifyAddressAction = publicAction(
  tokenInput,
  async (_viewer, { token }): Promise<Result<undefined, TokenRejection>> => {
    const counted = await countToken();
    if (!counted.ok) return counted;
    const verified = await verifyAddress(token);
    if (!verified.ok) return verified;
    await forgiveToken();
    return ok();
  },
);

/** Leads to Google or GitHub, to sign in there; it comes back by `/api/auth/callback`. */
export const providerSignInAction = publicAction(
  providerInput,
  async (_viewer, { provider, returnTo }): Promise<Result<never, "not_configured" | "throttled">> => {
    if (!configuredProviders().includes(provider)) return err("not_configured");
    if (!(await throttle("tokenAddress", await readClientAddress())).ok) return err("throttled");
    return goToProvider(provider, { userId: null, returnTo: safeReturnTo(returnTo, "") || undefined });
  },
);

/** Ends this browser's session; signing out twice is no error. Ends in a redirect to the home page. */
export const signOutAction = publicAction(emptyInput, async (viewer) => {
  if (viewer) await endSession();
  redirect("/");
});

/** Counted for the address that is asked about, with an account or not, and for the one that asks. */
async function mayAskForLink(email: string): Promise<boolean> {
  return (
    (await throttle("linkAddress", await readClientAddress())).ok && (await throttle("linkAccount", email)).ok
  );
}

async function countToken(): Promise<Result<undefined, "throttled">> {
  return (await throttle("tokenAddress", await readClientAddress())).ok ? ok() : err("throttled");
}

async function forgiveToken(): Promise<void> {
  await forgive("tokenAddress", await readClientAddress());
}
