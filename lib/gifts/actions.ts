"use server";
import type { Route } from "next";
import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { learnerAction, publicAction } from "@/lib/action";
import { writeCartToken } from "@/lib/cart/cookie";
import { addGiftToCart } from "@/lib/cart/mutations";
import { findCartOwner } from "@/lib/cart/owner";
import type { CartOwner } from "@/lib/cart/schema";
import { readReaderZone } from "@/lib/identity/reader-zone";
import { readClientAddress } from "@/lib/identity/request-address";
import { forgive, throttle } from "@/lib/identity/throttle";
import { dayIn } from "@/lib/identity/zone";
import { type GiftId, newSecret, type UserId } from "@/lib/ids";
import { err, type Result } from "@/lib/result";
import { judgeDay } from "./judge-day";
import { forgetLink, keepLink, readKeptLink } from "./link-cookie";
import { changeGift, claimGift, sendGiftAgain } from "./mutations";
import {
  type ChangeGiftRejection,
  type ClaimRejection,
  changeGiftInput,
  claimInput,
  type GiveRejection,
  giveInput,
  keepLinkInput,
  type SendRejection,
  sendAgainInput,
} from "./schema";

/** Puts a course into the cart for somebody else and goes on to the cart. */
export const giveAction = publicAction(
  giveInput,
  async (viewer, { course, ...gift }): Promise<Result<never, GiveRejection>> => {
    const { zone } = await readReaderZone({ timeZone: viewer?.timeZone ?? null });
    const problem = judgeDay(gift.deliverOn, dayIn(zone, new Date()));
    if (problem) return err(problem);
    const known = await findCartOwner(viewer);
    const owner: CartOwner = known ?? { kind: "guest", token: newSecret() };
    const added = await addGiftToCart(owner, course, { ...gift, timeZone: zone });
    if (!added.ok) return added.error === "already_owned" ? err("unknown_course") : err(added.error);
    if (!known && owner.kind === "guest") await writeCartToken(owner.token);
    redirect("/cart");
  },
);

/** Sends a fresh link for one of the viewer's gifts. */
export const sendGiftAgainAction = learnerAction(
  sendAgainInput,
  async (viewer, { gift }): Promise<Result<undefined, SendRejection>> => {
    if (!(await maySendMail(viewer.userId, gift))) return err("throttled");
    const sent = await sendGiftAgain(viewer.userId, gift);
    if (sent.ok) refresh();
    return sent;
  },
);

/** Gives one of the viewer's unclaimed gifts another address, message or day. */
export const changeGiftAction = learnerAction(
  changeGiftInput,
  async (viewer, { gift, ...changed }): Promise<Result<undefined, ChangeGiftRejection>> => {
    const { zone } = await readReaderZone(viewer);
    const problem = judgeDay(changed.deliverOn, dayIn(zone, new Date()));
    if (problem) return err(problem);
    if (!(await maySendMail(viewer.userId, gift))) return err("throttled");
    const done = await changeGift(viewer.userId, gift, { ...changed, timeZone: zone });
    if (done.ok) refresh();
    return done;
  },
);

/** Each of these may write to somebody who asked for nothing. */
async function maySendMail(userId: UserId, gift: GiftId): Promise<boolean> {
  return (await throttle("giftMails", userId)).ok && (await throttle("giftAgain", `${userId} ${gift}`)).ok;
}

/** Accepts a gift and opens its course. */
export const claimGiftAction = learnerAction(
  claimInput,
  async (viewer, { token }): Promise<Result<never, ClaimRejection>> => {
    const address = await readClientAddress();
    if (!(await throttle("tokenAddress", address)).ok) return err("throttled");
    const secret = token ?? (await readKeptLink());
    const claimed = secret ? await claimGift(viewer.userId, secret) : err("unknown_link");
    if (!claimed.ok) return claimed;
    await forgive("tokenAddress", address);
    await forgetLink();
    redirect(`/learn/${claimed.value.slug}` as Route);
  },
);

/** Keeps the link in this browser while its reader signs in or makes an account, and comes back to the gift. */
export const keepGiftLinkAction = publicAction(
  keepLinkInput,
  async (_viewer, { token, to }): Promise<Result<never, never>> => {
    await keepLink(token);
    redirect(`/${to}?returnTo=/gift` as Route);
  },
);
