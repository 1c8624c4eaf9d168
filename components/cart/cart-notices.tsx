import { Notice } from "@/components/ui/notice";
import type { Cart, CartLine } from "@/lib/cart/queries";
import type { CartRejection } from "@/lib/cart/schema";
import type { CheckoutCode } from "@/lib/checkout/schema";
import { describeMinimum, formatMoney } from "@/lib/money";
import type { WishRejection } from "@/lib/wishlist/schema";

type Problem = { readonly title: string; readonly advice: string };

/** Why adding or checking out did not work; a code without words does not compile. */
const problems: Readonly<Record<CartRejection | CheckoutCode | WishRejection, (cart: Cart) => Problem>> = {
  unknown_course: () => ({
    title: "That course is not on sale",
    advice: "It may have been renamed. Look for it among the courses.",
  }),
  already_owned: () => ({
    title: "You own one of these courses already",
    advice: "Remove it to check out. You were not charged.",
  }),
  free_course: () => ({
    title: "That course is free",
    advice: "Open its page and enroll; it needs no cart.",
  }),
  other_currency: () => ({
    title: "That course is sold in another currency",
    advice: "Check out what is in the cart first, then add it.",
  }),
  cart_full: () => ({ title: "The cart is full", advice: "Check out what is in it first, then go on." }),
  wishlist_full: () => ({
    title: "Your wishlist is full",
    advice: "Take a course off it first, then save this one.",
  }),
  cart_empty: () => ({
    title: "There is nothing to check out",
    advice: "Your cart is empty. You were not charged.",
  }),
  price_changed: () => ({
    title: "The total has changed",
    advice: "What you see now is up to date. You were not charged.",
  }),
  course_unavailable: () => ({
    title: "One course is not on sale any more",
    advice: "Remove it to check out. You were not charged.",
  }),
  mailbox_not_proved: () => ({
    title: "Confirm your e-mail address first",
    advice:
      "A gift makes us write to somebody else, so we must know that your own address is yours. Ask for the link on your account’s page. You were not charged.",
  }),
  coupon_rejected: () => ({
    title: "The coupon cannot be used now",
    advice: "The reason stands beside it. You were not charged.",
  }),
  below_minimum: (cart) => ({
    title: describeMinimum(cart.currency),
    advice: "Add another course, or remove the coupon. You were not charged.",
  }),
  payment_unavailable: () => ({
    title: "The payment provider does not answer at the moment",
    advice: "Your cart is kept and you were not charged. Try again in a minute.",
  }),
  shop_busy: () => ({
    title: "Many people are buying at this moment",
    advice: "Your cart is kept and you were not charged. Press the button again.",
  }),
};

type CartNoticesProps = {
  readonly cart: Cart;
  readonly problem: string | undefined;
  /** Back from the payment page without paying. */
  readonly canceled: boolean;
  /** How many courses left the cart at sign-in because they are owned. */
  readonly alreadyOwned: number;
};

/** What to know before paying: a failed step, a payment not made, prices that changed. */
export function CartNotices({ cart, problem, canceled, alreadyOwned }: CartNoticesProps) {
  const failed =
    problem !== undefined && Object.hasOwn(problems, problem)
      ? problems[problem as CheckoutCode](cart)
      : null;
  const changed = cart.priced.lines.filter((line) => line.priceAmount !== line.addedPriceAmount);
  return (
    <div className="mb-6 space-y-3 empty:hidden">
      {failed ? (
        <Notice tone="danger" role="alert" title={failed.title}>
          <p>{failed.advice}</p>
        </Notice>
      ) : null}
      {canceled ? (
        <Notice role="status" title="You were not charged">
          <p>Your cart is as you left it.</p>
        </Notice>
      ) : null}
      {alreadyOwned > 0 ? (
        <Notice
          role="status"
          title={alreadyOwned === 1 ? "One course left the cart" : `${alreadyOwned} courses left the cart`}
        >
          <p>You own {alreadyOwned === 1 ? "it" : "them"} already, so there is nothing to pay for.</p>
        </Notice>
      ) : null}
      {changed.length > 0 ? <ChangedPrices lines={changed} /> : null}
    </div>
  );
}

function ChangedPrices({ lines }: { readonly lines: readonly CartLine[] }) {
  const title =
    lines.length === 1
      ? "One price changed since you added it"
      : `${lines.length} prices changed since you added them`;
  return (
    <Notice title={title}>
      <ul>
        {lines.map((line) => (
          <li key={line.courseId}>
            {line.title} now costs {formatMoney(line.priceAmount, line.currency)} instead of{" "}
            {formatMoney(line.addedPriceAmount, line.currency)}.
          </li>
        ))}
      </ul>
      <p>The total below is up to date.</p>
    </Notice>
  );
}
