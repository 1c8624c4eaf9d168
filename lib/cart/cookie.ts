/** Adapter: the cookies of a guest's cart and of a coupon link. */
import "server-only";
import { cookies } from "next/headers";
import { env } from "@/lib/env";
import { viewerHint } from "@/lib/identity/viewer-hint";
import { cartToken } from "./schema";

const DAYS_60 = 60 * 24 * 60 * 60;

const secure = () => env().APP_URL.startsWith("https:");
const cartCookie = () => (secure() ? "__Host-lectern_cart" : "lectern_cart");
const couponCookie = () => (secure() ? "__Host-lectern_coupon" : "lectern_coupon");
const options = () => ({
  httpOnly: true,
  secure: secure(),
  sameSite: "lax" as const,
  path: "/",
  maxAge: DAYS_60,
});

export async function readCartToken(): Promise<string | null> {
  const parsed = cartToken.safeParse((await cookies()).get(cartCookie())?.value);
  return parsed.success ? parsed.data : null;
}

/** Set once, when a guest's cart is made: an action that writes a cookie renders its page again. */
export async function writeCartToken(token: string): Promise<void> {
  const jar = await cookies();
  jar.set(cartCookie(), token, options());
  jar.set(viewerHint(secure()));
}

export async function clearCartToken(): Promise<void> {
  (await cookies()).delete({ name: cartCookie(), path: "/", secure: secure() });
}

/** The code of a coupon link, kept until there is a cart to use it on. */
export async function readWaitingCoupon(): Promise<string | null> {
  // Deleted in this very request, it is there with no value.
  return (await cookies()).get(couponCookie())?.value || null;
}

export async function writeWaitingCoupon(code: string): Promise<void> {
  (await cookies()).set(couponCookie(), code, options());
}

export async function clearWaitingCoupon(): Promise<void> {
  (await cookies()).delete({ name: couponCookie(), path: "/", secure: secure() });
}
