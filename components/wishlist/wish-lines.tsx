import { CourseCover } from "@/components/catalog/course-cover";
import { PostForm } from "@/components/ui/form";
import { LineItem, LineList, LineNote, LineRemoved } from "@/components/ui/line-item";
import { Link } from "@/components/ui/link";
import { LinkButton } from "@/components/ui/link-button";
import { Price } from "@/components/ui/money";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import { COURSE_LEVEL_NAMES, COURSE_TYPE_NAMES } from "@/lib/catalog/course-kinds";
import { enrollFreeAction } from "@/lib/enrollments/actions";
import { formatMoney } from "@/lib/money";
import { moveToCartAction, setWishAction } from "@/lib/wishlist/actions";
import type { Wish } from "@/lib/wishlist/queries";

type Named = { readonly slug: string; readonly title: string };

/** What is wished for, and above it what just left: to the cart, or with an undo. */
export function WishLines({
  wishes,
  removed,
  moved,
}: {
  readonly wishes: readonly Wish[];
  readonly removed: Named | null;
  readonly moved: Named | null;
}) {
  return (
    <LineList label="Courses on your wishlist">
      {removed ? (
        <LineRemoved action={<UndoForm removed={removed} />}>
          <span role="status">{removed.title} was removed.</span>
        </LineRemoved>
      ) : null}
      {moved ? (
        <LineRemoved
          action={
            <Link href="/cart" prefetch={false} className="inline-flex min-h-target items-center">
              Open the cart
            </Link>
          }
        >
          <span role="status">{moved.title} is in your cart.</span>
        </LineRemoved>
      ) : null}
      {wishes.map((wish) => (
        <WishLine key={wish.slug} wish={wish} />
      ))}
    </LineList>
  );
}

function WishLine({ wish }: { readonly wish: Wish }) {
  const { slug, title, courseType, level, priceAmount, currency, savedPriceAmount, state } = wish;
  const isOnSale = state !== "unavailable";
  const before = savedPriceAmount !== null && priceAmount < savedPriceAmount ? savedPriceAmount : undefined;
  return (
    <LineItem
      level="h2"
      thumb={<CourseCover slug={slug} type={courseType} />}
      title={
        isOnSale ? (
          <Link href={`/courses/${slug}`} prefetch={false}>
            {title}
          </Link>
        ) : (
          title
        )
      }
      meta={`${COURSE_TYPE_NAMES[courseType]} · ${COURSE_LEVEL_NAMES[level]}`}
      note={<WishNote wish={wish} />}
      end={isOnSale ? <Price amount={priceAmount} currency={currency} before={before} /> : null}
      actions={
        <>
          <WayOn wish={wish} />
          <PostForm action={setWishAction}>
            <input type="hidden" name="course" value={slug} />
            <input type="hidden" name="wished" value="no" />
            <LinkButton type="submit">
              Remove<VisuallyHidden> {title}</VisuallyHidden>
            </LinkButton>
          </PostForm>
        </>
      }
    />
  );
}

/** What changed since the course was saved. */
function WishNote({ wish }: { readonly wish: Wish }) {
  const { priceAmount, savedPriceAmount, currency, state } = wish;
  if (state === "unavailable") return <LineNote>This course is not on sale any more.</LineNote>;
  if (savedPriceAmount === null || savedPriceAmount === priceAmount) return null;
  const was = savedPriceAmount === 0 ? "it was free" : `it was ${formatMoney(savedPriceAmount, currency)}`;
  return (
    <LineNote>
      {priceAmount < savedPriceAmount
        ? `Price lowered since you saved it: ${was}`
        : `Price raised since you saved it: ${was}`}
    </LineNote>
  );
}

function WayOn({ wish: { slug, title, state } }: { readonly wish: Wish }) {
  if (state === "unavailable") return null;
  if (state === "in_cart") {
    return (
      <Link
        href="/cart"
        prefetch={false}
        className="inline-flex min-h-target items-center text-sm font-medium"
      >
        In your cart<VisuallyHidden> {title}</VisuallyHidden>
      </Link>
    );
  }
  const [action, words] =
    state === "free" ? [enrollFreeAction, "Enroll for free"] : [moveToCartAction, "Move to cart"];
  return (
    <PostForm action={action}>
      <input type="hidden" name="course" value={slug} />
      <LinkButton type="submit" className="font-medium">
        {words}
        <VisuallyHidden> {title}</VisuallyHidden>
      </LinkButton>
    </PostForm>
  );
}

function UndoForm({ removed }: { readonly removed: Named }) {
  return (
    <PostForm action={setWishAction}>
      <input type="hidden" name="course" value={removed.slug} />
      <input type="hidden" name="wished" value="yes" />
      <LinkButton type="submit">
        Undo<VisuallyHidden> removing {removed.title}</VisuallyHidden>
      </LinkButton>
    </PostForm>
  );
}
