import { Gift } from "lucide-react";
import { CourseCover } from "@/components/catalog/course-cover";
import { PostForm } from "@/components/ui/form";
import { LineItem, LineList, LineNote, LineRemoved } from "@/components/ui/line-item";
import { Link } from "@/components/ui/link";
import { LinkButton } from "@/components/ui/link-button";
import { Price } from "@/components/ui/money";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import { addToCartAction, removeFromCartAction } from "@/lib/cart/actions";
import type { Cart, CartGift, CartLine } from "@/lib/cart/queries";
import { COURSE_LEVEL_NAMES, COURSE_TYPE_NAMES } from "@/lib/catalog/course-kinds";
import { formatDay } from "@/lib/format-day";
import { formatMoney } from "@/lib/money";
import { moveToCartAction, saveForLaterAction } from "@/lib/wishlist/actions";

/** `saved`: onto the wishlist. */
export type Removed = {
  readonly slug: string;
  readonly title: string;
  readonly saved: boolean;
  readonly wasGift: boolean;
};

/** What is in the cart, and in place of what was just taken out an undo. Where the focus goes: see `CartFocus`. */
export function CartLines({ cart, removed }: { readonly cart: Cart; readonly removed: Removed | null }) {
  const saved = new Map(cart.priced.lines.map((line) => [line.courseId, line.discountAmount]));
  const total = `Total ${formatMoney(cart.priced.totalAmount, cart.currency)}.`;
  return (
    <section aria-labelledby="in-your-cart">
      <h2 id="in-your-cart" className="sr-only">
        Courses in your cart
      </h2>
      <LineList>
        {cart.lines.map((line) => (
          <CartRow
            key={line.courseId}
            line={line}
            total={total}
            saving={cart.coupon ? { code: cart.coupon.code, amount: saved.get(line.courseId) ?? 0 } : null}
          />
        ))}
        {removed ? (
          <LineRemoved action={<UndoForm removed={removed} total={total} />}>
            {removed.title} {removed.saved ? "is on your wishlist." : "was removed."}
          </LineRemoved>
        ) : null}
      </LineList>
    </section>
  );
}

type Saving = { readonly code: string; readonly amount: number };

type RowProps = { readonly line: CartLine; readonly total: string; readonly saving: Saving | null };

function CartRow({ line, total, saving }: RowProps) {
  const changed = line.state === "available" && line.priceAmount !== line.addedPriceAmount;
  return (
    <LineItem
      thumb={<CourseCover slug={line.slug} type={line.courseType} />}
      title={
        <Link href={`/courses/${line.slug}`} prefetch={false}>
          {line.title}
        </Link>
      }
      meta={`${COURSE_TYPE_NAMES[line.courseType]} · ${COURSE_LEVEL_NAMES[line.level]}`}
      note={<RowNote line={line} saving={saving} />}
      end={
        line.state === "available" ? (
          <Price
            amount={line.priceAmount}
            currency={line.currency}
            before={changed && line.priceAmount < line.addedPriceAmount ? line.addedPriceAmount : undefined}
          />
        ) : null
      }
      actions={
        <>
          <PostForm action={removeFromCartAction} data-press={`remove ${line.slug}`}>
            <input type="hidden" name="course" value={line.slug} />
            <LinkButton
              type="submit"
              data-answers={`undo ${line.slug}`}
              data-says={`${line.title} put back. ${total}`}
            >
              Remove<VisuallyHidden> {line.title}</VisuallyHidden>
            </LinkButton>
          </PostForm>
          {line.gift && line.state === "available" ? (
            <Link
              href={`/give/${line.slug}`}
              prefetch={false}
              className="inline-flex min-h-target items-center text-sm text-ink-soft decoration-hairline-strong"
            >
              Change the gift<VisuallyHidden> {line.title}</VisuallyHidden>
            </Link>
          ) : null}
          {line.state === "available" && !line.gift ? (
            <PostForm action={saveForLaterAction} data-press={`save ${line.slug}`}>
              <input type="hidden" name="course" value={line.slug} />
              <LinkButton type="submit">
                Save for later<VisuallyHidden> {line.title}</VisuallyHidden>
              </LinkButton>
            </PostForm>
          ) : null}
        </>
      }
    />
  );
}

function RowNote({ line, saving }: { readonly line: CartLine; readonly saving: Saving | null }) {
  if (line.state === "owned") {
    return (
      <LineNote>
        You own this course already.{" "}
        <Link href={`/learn/${line.slug}`} prefetch={false}>
          Go to course
        </Link>
      </LineNote>
    );
  }
  if (line.state === "unavailable") return <LineNote>This course is not on sale any more.</LineNote>;
  const changed = line.priceAmount - line.addedPriceAmount;
  return (
    <>
      {line.gift ? <GiftNote gift={line.gift} /> : null}
      {changed === 0 ? null : (
        <LineNote>
          {changed < 0 ? "Price lowered since you added it" : "Price raised since you added it"}
        </LineNote>
      )}
      {saving && saving.amount > 0 ? (
        <LineNote saving>
          {saving.code} takes {formatMoney(saving.amount, line.currency)} off this course
        </LineNote>
      ) : null}
    </>
  );
}

function GiftNote({ gift: { email, deliverOn } }: { readonly gift: CartGift }) {
  return (
    <p className="flex items-start gap-1.5">
      <Gift className="mt-1 size-4! flex-none text-accent" />
      <span className="wrap-anywhere">
        A gift for {email}
        {deliverOn ? `, sent on ${formatDay(deliverOn)}` : ", sent as soon as it is paid"}
      </span>
    </p>
  );
}

/** What was typed for a gift is gone with its line, so it is asked for again. */
function UndoForm({ removed, total }: { readonly removed: Removed; readonly total: string }) {
  const answer = {
    "data-answers": `${removed.saved ? "save" : "remove"} ${removed.slug}`,
    "data-says": `${removed.title} ${removed.saved ? "saved for later" : "removed"}. ${total}`,
  };
  if (removed.wasGift) {
    return (
      <Link
        {...answer}
        href={`/give/${removed.slug}`}
        prefetch={false}
        className="inline-flex min-h-target items-center"
      >
        Give it again<VisuallyHidden> {removed.title}</VisuallyHidden>
      </Link>
    );
  }
  return (
    <PostForm action={removed.saved ? moveToCartAction : addToCartAction} data-press={`undo ${removed.slug}`}>
      <input type="hidden" name="course" value={removed.slug} />
      {removed.saved ? <input type="hidden" name="back" value="cart" /> : null}
      <LinkButton type="submit" {...answer}>
        Undo
        <VisuallyHidden>
          {" "}
          {removed.saved ? "saving" : "removing"} {removed.title}
        </VisuallyHidden>
      </LinkButton>
    </PostForm>
  );
}
