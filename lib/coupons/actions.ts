"use server";
import { refresh } from "next/cache";
import { z } from "zod";
import { publicAction } from "@/lib/action";
import { clearWaitingCoupon, readWaitingCoupon } from "@/lib/cart/cookie";
import { findCartOwner } from "@/lib/cart/owner";
import { ok } from "@/lib/result";
import { describeRejection } from "./describe-rejection";
import { countGuess, forgiveGuess } from "./guess-limit";
import { mayFitLater } from "./may-fit-later";
import { applyCoupon, removeCoupon } from "./mutations";
import { applyCouponInput } from "./schema";

/** What the coupon form announces. */
export type CouponAnswer = {
  readonly applied: boolean;
  readonly message: string;
  /** The code as typed, to be corrected. */
  readonly typed: string;
};

const answer = (applied: boolean, message: string, typed = "") =>
  ok<CouponAnswer>({ applied, message, typed });

/** Applies a typed code to the cart; the answer names the failed rule. */
export const applyCouponAction = publicAction(applyCouponInput, async (viewer, { code }) => {
  const owner = await findCartOwner(viewer);
  const guess = await countGuess(owner);
  if (!guess.ok) {
    const minutes = Math.ceil(guess.retryAfterSeconds / 60);
    return answer(
      false,
      `Too many codes were tried. Try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`,
      code,
    );
  }
  if (!owner) return answer(false, describeRejection({ rule: "cart_empty" }), code);
  const applied = await applyCoupon(owner, code);
  if (!applied.ok) {
    if (applied.error.rule !== "unknown") await forgiveGuess(owner);
    // It came by a link, and the reason is said now: it waits on only for a cart that it fits.
    if (!mayFitLater(applied.error.rule) && (await readWaitingCoupon()) === code) await clearWaitingCoupon();
    return answer(false, describeRejection(applied.error), code);
  }
  await Promise.all([forgiveGuess(owner), clearWaitingCoupon()]);
  refresh();
  return answer(true, `Code ${applied.value.code} applied.`);
});

export const removeCouponAction = publicAction(z.object({}), async (viewer) => {
  const owner = await findCartOwner(viewer);
  if (owner) await removeCoupon(owner);
  refresh();
  return answer(false, "Code removed.");
});
