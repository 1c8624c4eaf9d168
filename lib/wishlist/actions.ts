"use server";
import type { Route } from "next";
import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { learnerAction, publicAction } from "@/lib/action";
import { writeCartToken } from "@/lib/cart/cookie";
import { findCartOwner } from "@/lib/cart/owner";
import type { CartOwner } from "@/lib/cart/schema";
import { newSecret } from "@/lib/ids";
import { err, ok } from "@/lib/result";
import { addWish, endShare, moveToCart, removeWish, renewShare, saveForLater } from "./mutations";
import { moveToCartInput, saveForLaterInput, setWishInput, shareInput } from "./schema";

/** Puts a course on the wishlist or takes it off. Posted by a plain form it goes on to the list; with `stay` it answers in place. */
export const setWishAction = publicAction(setWishInput, async (viewer, { course, wished, stay }) => {
  const known = await findCartOwner(viewer);
  const owner: CartOwner = known ?? { kind: "guest", token: newSecret() };
  const done = wished === "yes" ? await addWish(owner, course) : await removeWish(owner, course);
  if (!known && owner.kind === "guest" && done.ok && done.value.changed) await writeCartToken(owner.token);
  if (stay) return done;
  const outcome = done.ok ? (wished === "no" ? `?removed=${course}` : "") : `?problem=${done.error}`;
  redirect(`/account/wishlist${outcome}` as Route);
});

/** Moves a line of the cart onto the wishlist and shows the cart with an undo in its place. */
export const saveForLaterAction = publicAction(saveForLaterInput, async (viewer, { course }) => {
  const owner = await findCartOwner(viewer);
  if (!owner) redirect("/cart");
  const saved = await saveForLater(owner, course);
  redirect((saved.ok ? `/cart?saved=${course}` : `/cart?problem=${saved.error}`) as Route);
});

/** Moves a wish into the cart. The page it was posted from says what became of it. */
export const moveToCartAction = publicAction(moveToCartInput, async (viewer, { course, back }) => {
  const owner = await findCartOwner(viewer);
  const moved = owner ? await moveToCart(owner, course) : err("unknown_course");
  const page = back === "cart" ? "/cart" : "/account/wishlist";
  const outcome = moved.ok ? (back === "cart" ? "" : `?moved=${course}`) : `?problem=${moved.error}`;
  redirect(`${page}${outcome}` as Route);
});

/** Shares the viewer's list under a fresh link; one that there was ends. */
export const renewShareAction = learnerAction(shareInput, async (viewer) => {
  await renewShare(viewer.userId);
  refresh();
  return ok();
});

/** Ends the link to the viewer's list. */
export const endShareAction = learnerAction(shareInput, async (viewer) => {
  await endShare(viewer.userId);
  refresh();
  return ok();
});
