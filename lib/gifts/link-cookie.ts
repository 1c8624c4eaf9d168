/** Adapter: keeps the link of a gift in this browser, so that its secret is in no address on the way to an account. */
import "server-only";
import { cookies } from "next/headers";
import { env } from "@/lib/env";
import { giftToken } from "./schema";

const HOURS_24 = 24 * 60 * 60;

const secure = () => env().APP_URL.startsWith("https:");
const nameOf = () => (secure() ? "__Host-lectern_gift" : "lectern_gift");

export async function readKeptLink(): Promise<string | null> {
  const parsed = giftToken.safeParse((await cookies()).get(nameOf())?.value);
  return parsed.success ? parsed.data : null;
}

/** For actions only. */
export async function keepLink(token: string): Promise<void> {
  const options = { httpOnly: true, secure: secure(), sameSite: "lax", path: "/", maxAge: HOURS_24 } as const;
  (await cookies()).set(nameOf(), token, options);
}

export async function forgetLink(): Promise<void> {
  (await cookies()).delete({ name: nameOf(), path: "/", secure: secure() });
}
