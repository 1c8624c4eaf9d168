import { findCartOwner } from "@/lib/cart/owner";
import { type Cart, getCart } from "@/lib/cart/queries";
import { listOwnedSlugs } from "@/lib/enrollments/queries";
import { accountName } from "@/lib/exercises/account-name";
import { findViewer, type Viewer } from "@/lib/identity/session";
import { listWishedSlugs } from "@/lib/wishlist/queries";

export const dynamic = "force-dynamic";

/** What the header shows of somebody, and how pages are shown to them. */
function shownOf({ userId, name, role, avatar, timeZone, locale, theme }: Viewer) {
  return { account: accountName(userId), name, role, avatar, timeZone, locale, theme };
}

/** What the code takes off, if there is one and it does. */
function discountOf({ coupon, priced }: Cart) {
  return coupon && priced.discountAmount > 0 ? { code: coupon.code, amount: priced.discountAmount } : null;
}

/** What the static pages' one island shows about the person looking: name, cart, owned and wished courses. Never cached. */
export async function GET(): Promise<Response> {
  const viewer = await findViewer();
  const owner = await findCartOwner(viewer);
  const [cart, owned, wished] = await Promise.all([
    getCart(owner),
    viewer ? listOwnedSlugs(viewer.userId) : [],
    listWishedSlugs(owner),
  ]);
  const body = {
    user: viewer ? shownOf(viewer) : null,
    cart: {
      count: cart.lines.length,
      totalAmount: cart.priced.totalAmount,
      discount: discountOf(cart),
      currency: cart.currency,
      lines: cart.lines.map((line) => ({
        slug: line.slug,
        title: line.title,
        priceAmount: line.priceAmount,
        currency: line.currency,
        type: line.courseType,
      })),
    },
    owned,
    inCart: cart.lines.map((line) => line.slug),
    wished,
  };
  return Response.json(body, { headers: { "Cache-Control": "private, no-store" } });
}
