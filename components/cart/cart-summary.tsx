import { clsx } from "clsx";
import type { ReactNode } from "react";
import { PostForm } from "@/components/ui/form";
import { Money } from "@/components/ui/money";
import { Panel, PanelBody } from "@/components/ui/panel";
import { SubmitButton } from "@/components/ui/submit-button";
import { SumRow, Sums } from "@/components/ui/sums";
import type { Cart } from "@/lib/cart/queries";
import { startCheckoutAction } from "@/lib/checkout/actions";
import { env } from "@/lib/env";
import { formatMoney } from "@/lib/money";

const courses = (count: number) => (count === 1 ? "1 course" : `${count} courses`);

/** Everything that is added up, and the one button. */
export function CartSummary({ cart, coupon }: { readonly cart: Cart; readonly coupon: ReactNode }) {
  const { lines, subtotalAmount, discountAmount, taxAmount, totalAmount } = cart.priced;
  const taxFollows = env().STORE_TAX === "stripe" && totalAmount > 0;
  return (
    <Panel as="aside" aria-labelledby="summary">
      <PanelBody>
        <h2 id="summary">Summary</h2>
        <div className="my-4">{coupon}</div>
        <Sums className="border-t border-hairline pt-4">
          <SumRow label={`Subtotal, ${courses(lines.length)}`}>
            <Money amount={subtotalAmount} currency={cart.currency} />
          </SumRow>
          {discountAmount > 0 && cart.coupon ? (
            <SumRow kind="saving" label={`Discount ${cart.coupon.code}`}>
              <Money amount={-discountAmount} currency={cart.currency} />
            </SumRow>
          ) : null}
          <SumRow label="Tax">
            {taxFollows ? "Added when you pay" : <Money amount={taxAmount} currency={cart.currency} />}
          </SumRow>
          <SumRow kind="total" label={taxFollows ? "Total before tax" : "Total"}>
            <Money amount={totalAmount} currency={cart.currency} />
          </SumRow>
        </Sums>
        <CheckoutForm cart={cart} className="mt-5" large />
        <p className="mt-3 text-xs text-ink-muted">
          {totalAmount === 0
            ? "Nothing to pay. No card is asked for."
            : "You pay on the next page. Nothing is charged until you confirm there."}
        </p>
      </PanelBody>
    </Panel>
  );
}

/** On phones the button stays within the thumb's reach. */
export function BuyBar({ cart }: { readonly cart: Cart }) {
  return (
    <section
      aria-label="Buy"
      className="sticky bottom-0 z-sticky -mx-gutter mt-8 flex items-center justify-between gap-4 border-t border-hairline bg-surface px-gutter py-3 lg:hidden print:hidden"
    >
      <span className="text-sm text-ink-soft">{courses(cart.priced.lines.length)}</span>
      <CheckoutForm cart={cart} />
    </section>
  );
}

type CheckoutFormProps = { readonly cart: Cart; readonly large?: boolean; readonly className?: string };

function CheckoutForm({ cart, large = false, className }: CheckoutFormProps) {
  const { lines, totalAmount } = cart.priced;
  const onlyGifts = lines.every((line) => line.gift);
  const free = onlyGifts ? "Give for free" : "Enroll for free";
  const label = totalAmount === 0 ? free : `Check out, ${formatMoney(totalAmount, cart.currency)}`;
  return (
    <PostForm
      action={startCheckoutAction}
      unsure="Nothing was charged: press again."
      className={clsx(className)}
    >
      <input type="hidden" name="total" value={totalAmount} />
      <SubmitButton
        variant="primary"
        size={large ? "large" : "medium"}
        block={large}
        disabled={lines.length === 0}
        busyLabel={totalAmount === 0 ? (onlyGifts ? "Giving" : "Enrolling") : "Opening the payment page"}
      >
        {label}
      </SubmitButton>
    </PostForm>
  );
}
