import { z } from "zod";
import { clearWaitingCoupon, writeWaitingCoupon } from "@/lib/cart/cookie";
import { findCartOwner } from "@/lib/cart/owner";
import { countGuess, forgiveGuess } from "@/lib/coupons/guess-limit";
import { applyCoupon } from "@/lib/coupons/mutations";
import { couponCode } from "@/lib/coupons/schema";
import { env } from "@/lib/env";
import { findViewer } from "@/lib/identity/session";

const input = z.object({ code: couponCode });

/**
 * A link with `?coupon=CODE`: used on the cart at once when it fits, else kept in this browser until it does. The answer
 * does not tell whether the code exists.
 */
export async function POST(request: Request): Promise<Response> {
  if (request.headers.get("origin") !== new URL(env().APP_URL).origin) return answer(403, "foreign_origin");
  const parsed = input.safeParse(await request.json().catch(() => null));
  if (!parsed.success) return answer(400, "invalid_input");
  const owner = await findCartOwner(await findViewer());
  if (!(await countGuess(owner)).ok) return answer(429, "throttled");
  const applied = owner ? await applyCoupon(owner, parsed.data.code) : null;
  if (applied?.ok) await Promise.all([forgiveGuess(owner), clearWaitingCoupon()]);
  else await writeWaitingCoupon(parsed.data.code);
  return answer(200, "kept");
}

function answer(status: number, outcome: string): Response {
  return Response.json({ outcome }, { status, headers: { "Cache-Control": "no-store" } });
}
