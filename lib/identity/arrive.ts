/** Adapter: the one way into a session. Password, mailed link and linked sign-in all end here. */
import "server-only";
import type { Route } from "next";
import { redirect } from "next/navigation";
import { clearCartToken, readCartToken } from "@/lib/cart/cookie";
import { mergeGuestCart } from "@/lib/cart/mutations";
import { mergeGuestWishes } from "@/lib/wishlist/mutations";
import type { UserId } from "../ids";
import { beginSecondStep } from "./mutations";
import { isBlocked } from "./queries";
import { AFTER_SIGN_IN, safeReturnTo } from "./safe-return-to";
import { findSecondFactor } from "./second-factor";
import { startSession } from "./session";
import { writeStep } from "./step-cookie";

export type Going = { readonly stay: boolean; readonly returnTo: string | undefined };

/** The first step is done, whichever it was: the second one, if this account has it, else in. */
export async function proceed(userId: UserId, going: Going): Promise<never> {
  await refuseBlocked(userId);
  if (!(await findSecondFactor(userId))) return arrive(userId, { ...going, secondFactor: false });
  await writeStep("second_step", await beginSecondStep(userId, going));
  redirect("/sign-in/code");
}

/** Says so only to who has proved to be this person. */
async function refuseBlocked(userId: UserId): Promise<void> {
  if (await isBlocked(userId)) redirect("/sign-in?blocked=yes");
}

/** Takes the guest's cart and wishes along, begins the session, and goes on. */
export async function arrive(
  userId: UserId,
  { stay, returnTo, secondFactor }: Going & { readonly secondFactor: boolean },
): Promise<never> {
  await refuseBlocked(userId);
  const guestCart = await readCartToken();
  const merged = guestCart ? await mergeGuestCart(userId, guestCart) : null;
  if (guestCart) await mergeGuestWishes(userId, guestCart);
  if (guestCart) await clearCartToken();
  await startSession(userId, new Date(), stay, secondFactor);
  const target = safeReturnTo(returnTo, AFTER_SIGN_IN);
  redirect((merged && target === "/cart" ? cartWithNotice(merged.alreadyOwned.length) : target) as Route);
}

/** The cart tells how many courses left it because they are owned already. */
function cartWithNotice(alreadyOwned: number): string {
  return alreadyOwned > 0 ? `/cart?already-owned=${alreadyOwned}` : "/cart";
}
