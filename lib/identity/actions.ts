"use server";

import type { Route } from "next";
import { redirect } from "next/navigation";
import { publicAction } from "@/lib/action";
import { clearCartToken, readCartToken } from "@/lib/cart/cookie";
import { mergeGuestCart } from "@/lib/cart/mutations";
import { env } from "@/lib/env";
import type { UserId } from "@/lib/ids";
import { err, type Result } from "@/lib/result";
import { checkSignIn, registerUser } from "./mutations";
import { guessablePassword } from "./password-policy";
import { readClientAddress } from "./request-address";
import { AFTER_SIGN_IN, safeReturnTo } from "./safe-return-to";
import { type SignInRejection, type SignUpRejection, signInInput, signOutInput, signUpInput } from "./schema";
import { endSession, startSession } from "./session";
import { throttle } from "./throttle";

/** Creates an account and signs in; on success it ends in a redirect to `returnTo`, with the guest's cart. */
export const signUpAction = publicAction(
  signUpInput,
  async (_viewer, { name, email, password, returnTo }): Promise<Result<never, SignUpRejection>> => {
    if (!(await throttle("signUpAddress", await readClientAddress())).ok) return err("throttled");
    const weakness = guessablePassword(password, { storeName: env().STORE_NAME, name, email });
    if (weakness) return err(weakness);
    const registered = await registerUser({ name, email, password });
    return registered.ok ? arrive(registered.value, true, returnTo) : registered;
  },
);

/** Signs in; on success it ends in a redirect to `returnTo`, with the guest's cart. */
export const signInAction = publicAction(
  signInInput,
  async (_viewer, { email, password, stay, returnTo }): Promise<Result<never, SignInRejection>> => {
    const checked = await checkSignIn({ email, password, address: await readClientAddress() });
    return checked.ok ? arrive(checked.value, stay, returnTo) : checked;
  },
);

/** Ends this browser's session; signing out twice is no error. Ends in a redirect to the home page. */
export const signOutAction = publicAction(signOutInput, async (viewer) => {
  if (viewer) await endSession();
  redirect("/");
});

/** Takes the guest's cart along, begins the session, and goes on. */
async function arrive(userId: UserId, stay: boolean, returnTo: string | undefined): Promise<never> {
  const guestCart = await readCartToken();
  const merged = guestCart ? await mergeGuestCart(userId, guestCart) : null;
  if (guestCart) await clearCartToken();
  await startSession(userId, new Date(), stay);
  const target = safeReturnTo(returnTo, AFTER_SIGN_IN);
  redirect((merged && target === "/cart" ? cartWithNotice(merged.alreadyOwned.length) : target) as Route);
}

/** The cart tells how many courses left it because they are owned already. */
function cartWithNotice(alreadyOwned: number): string {
  return alreadyOwned > 0 ? `/cart?already-owned=${alreadyOwned}` : "/cart";
}
