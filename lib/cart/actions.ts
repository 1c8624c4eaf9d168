"use server";
import type { Route } from "next";
import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { publicAction } from "@/lib/action";
import { countGuess, forgiveGuess } from "@/lib/coupons/guess-limit";
import { applyCoupon } from "@/lib/coupons/mutations";
import { newSecret } from "@/lib/ids";
import { ok } from "@/lib/result";
import { clearWaitingCoupon, readWaitingCoupon, writeCartToken } from "./cookie";
import { addToCart, removeFromCart } from "./mutations";
import { findCartOwner } from "./owner";
import { addToCartInput, type CartOwner, removeFromCartInput } from "./schema";

/** Adds a course. Posted by a plain form it goes on to the cart; with `stay` it answers in place. */
export const addToCartAction = publicAction(addToCartInput, async (viewer, { course, stay }) => {
  const known = await findCartOwner(viewer);
  const owner: CartOwner = known ?? { kind: "guest", token: newSecret() };
  const added = await addToCart(owner, course);
  if (added.ok) {
    if (!known && owner.kind === "guest") await writeCartToken(owner.token);
    await applyWaitingCoupon(owner);
  }
  if (!stay) redirect((added.ok ? "/cart" : `/cart?problem=${added.error}`) as Route);
  return added;
});

/**
 * A cookie is its visitor's to write: a code in it is a guess like one that was typed. One that is refused goes on waiting,
 * for the cart to say why.
 */
async function applyWaitingCoupon(owner: CartOwner): Promise<void> {
  const waiting = await readWaitingCoupon();
  if (!waiting || !(await countGuess(owner)).ok) return;
  const applied = await applyCoupon(owner, waiting);
  if (applied.ok || applied.error.rule !== "unknown") await forgiveGuess(owner);
  if (applied.ok) await clearWaitingCoupon();
}

/** Removes a course and shows the cart with an undo in its place. */
export const removeFromCartAction = publicAction(removeFromCartInput, async (viewer, { course }) => {
  const owner = await findCartOwner(viewer);
  const removed = owner ? await removeFromCart(owner, course) : { removed: false, wasGift: false };
  if (removed.removed) redirect(`/cart?removed=${course}${removed.wasGift ? "&gift=1" : ""}` as Route);
  refresh();
  return ok(removed);
});
