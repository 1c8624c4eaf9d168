import type { Metadata } from "next";
import { CartCouponLink } from "@/components/cart/cart-coupon-link";
import { CartFocus } from "@/components/cart/cart-focus";
import { CartLines, type Removed } from "@/components/cart/cart-lines";
import { CartNotices } from "@/components/cart/cart-notices";
import { BuyBar, CartSummary } from "@/components/cart/cart-summary";
import { CouponForm, type CouponOffer } from "@/components/cart/coupon-form";
import { CouponLink } from "@/components/catalog/coupon-link";
import { Container, PageTitle, TwoColumns } from "@/components/layout/page";
import { SyncViewer } from "@/components/layout/sync-viewer";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState, OpenBook } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { describeDiscount } from "@/lib/campaigns/describe-terms";
import { readWaitingCoupon } from "@/lib/cart/cookie";
import { findCartOwner } from "@/lib/cart/owner";
import { type Cart, findTitle, getCart } from "@/lib/cart/queries";
import { courseSlug } from "@/lib/cart/schema";
import { describeRejection } from "@/lib/coupons/describe-rejection";
import { findViewer } from "@/lib/identity/session";

export const metadata: Metadata = { title: "Cart" };

const first = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

export default async function CartPage({ searchParams }: PageProps<"/cart">) {
  const params = await searchParams;
  const owner = await findCartOwner(await findViewer());
  const [cart, waiting] = await Promise.all([getCart(owner), readWaitingCoupon()]);
  const saved = first(params.saved);
  const removed = await findRemoved(cart, saved ?? first(params.removed), {
    saved: saved !== undefined,
    wasGift: params.gift !== undefined,
  });
  const linked = first(params.coupon);
  const offer = { code: linked ?? waiting ?? "", isWaiting: linked === undefined && waiting !== null };
  return (
    <Container>
      <PageTitle title="Cart" />
      <SyncViewer seen={`${cart.id} ${cart.version}`} />
      <CartFocus seen={`${cart.id} ${cart.version}`} />
      {cart.lines.length > 0 ? <CartCouponLink /> : <CouponLink />}
      <CartNotices
        cart={cart}
        problem={first(params.problem)}
        canceled={params.canceled !== undefined}
        alreadyOwned={Number(first(params["already-owned"]) ?? 0)}
      />
      {cart.lines.length === 0 && !removed ? <EmptyCart /> : <FullCart {...{ cart, removed, offer }} />}
    </Container>
  );
}

/** The course that was just taken out, for the undo in its place. */
async function findRemoved(
  cart: Cart,
  slug: string | undefined,
  how: Pick<Removed, "saved" | "wasGift">,
): Promise<Removed | null> {
  const named = courseSlug.safeParse(slug);
  if (!named.success || cart.lines.some((line) => line.slug === named.data)) return null;
  const title = await findTitle(named.data);
  return title ? { slug: named.data, title, ...how } : null;
}

type FullCartProps = { readonly cart: Cart; readonly removed: Removed | null; readonly offer: CouponOffer };

function FullCart({ cart, removed, offer }: FullCartProps) {
  const rejection = cart.coupon?.result.ok === false ? describeRejection(cart.coupon.result.error) : null;
  const coupon = <CouponForm applied={toAppliedCoupon(cart)} rejection={rejection} offer={offer} />;
  if (cart.lines.length === 0) {
    return (
      <div className="space-y-8">
        <CartLines cart={cart} removed={removed} />
        <EmptyCart />
      </div>
    );
  }
  return (
    <>
      <TwoColumns aside={<CartSummary cart={cart} coupon={coupon} />}>
        <CartLines cart={cart} removed={removed} />
      </TwoColumns>
      <BuyBar cart={cart} />
    </>
  );
}

function toAppliedCoupon(cart: Cart) {
  if (!cart.coupon) return null;
  const { code, percentage, terms, result } = cart.coupon;
  return {
    code,
    off: percentage === null ? null : describeDiscount(terms),
    savedAmount: result.ok ? cart.priced.discountAmount : 0,
    currency: cart.currency,
  };
}

function EmptyCart() {
  return (
    <Panel dashed>
      <EmptyState
        level="h2"
        title="Your cart is empty"
        figure={<OpenBook />}
        action={
          <ButtonLink href="/courses" variant="primary">
            Browse the courses
          </ButtonLink>
        }
      >
        Courses that you add stay here, on this device and, once you sign in, on all of them.
      </EmptyState>
    </Panel>
  );
}
