import { BookOpen, Gift, Heart, History, type LucideIcon, SquareTerminal, Undo2 } from "lucide-react";
import { Link } from "@/components/ui/link";
import { Price } from "@/components/ui/money";
import { Panel } from "@/components/ui/panel";
import { WishButton } from "@/components/wishlist/wish-button";
import { formatCount } from "@/lib/catalog/format-duration";
import type { CoursePage } from "@/lib/catalog/queries";
import { BuyButton } from "./buy-button";
import { CourseCover } from "./course-cover";

/** Cover, price, the one green button, and what is included. Stays in view beside the course. */
export function BuyBox({ course }: { readonly course: CoursePage }) {
  const free = course.priceAmount === 0;
  return (
    <Panel as="aside" raised aria-label={free ? "Enroll in this course" : "Buy this course"} className="p-3">
      <div className="aspect-8/5 overflow-hidden rounded-xs">
        <CourseCover slug={course.slug} type={course.type} />
      </div>
      <div className="px-3 pt-5 pb-3">
        <p className="flex flex-wrap items-baseline gap-x-3">
          <span className="font-serif text-2xl leading-[1.1] tracking-display lining-nums [&>span]:font-title">
            <Price amount={course.priceAmount} currency={course.currency} />
          </span>
          <span className="text-xs text-ink-muted">
            {free ? "an account is all you need" : "once, no subscription"}
          </span>
        </p>
        <div className="mt-4 flex gap-2">
          <BuyButton
            slug={course.slug}
            title={course.title}
            isFree={free}
            variant="primary"
            size="large"
            block
          />
          <WishButton slug={course.slug} title={course.title} framed>
            <Heart />
          </WishButton>
        </div>
        {free ? null : (
          <Link
            href={`/give/${course.slug}`}
            prefetch={false}
            className="mt-2 inline-flex min-h-target items-center gap-2 text-sm"
          >
            <Gift className="size-4.5!" />
            Give as a gift
          </Link>
        )}
        <h2 className="mt-6 font-sans text-sm font-semibold tracking-normal">What is included</h2>
        <ul className="mt-3 grid gap-2 text-sm text-ink-soft">
          {included(course).map(({ icon: Icon, text }) => (
            <li key={text} className="flex gap-3">
              <Icon className="mt-px size-4.5! flex-none text-accent" />
              {text}
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  );
}

function included({ lessons, exercises, priceAmount }: CoursePage): { icon: LucideIcon; text: string }[] {
  return [
    { icon: BookOpen, text: `${formatCount(lessons, "lesson")}, kept for good` },
    ...(exercises > 0
      ? [{ icon: SquareTerminal, text: `${formatCount(exercises, "exercise")} with hints` }]
      : []),
    { icon: History, text: "Later corrections and additions" },
    ...(priceAmount > 0 ? [{ icon: Undo2, text: "Fourteen days to change your mind" }] : []),
  ];
}

/** On phones: price and button in reach of the thumb, wherever the page stands. */
export function BuyBar({ course }: { readonly course: CoursePage }) {
  const { slug, title, priceAmount, currency } = course;
  return (
    <div className="sticky bottom-0 z-sticky border-t border-hairline-strong bg-surface px-gutter pt-2 pb-[max(0.5rem,env(safe-area-inset-bottom))] lg:hidden print:hidden">
      <div className="flex items-center gap-3">
        <span className="text-lg">
          <Price amount={priceAmount} currency={currency} />
        </span>
        <WishButton slug={slug} title={title}>
          <Heart />
        </WishButton>
        <BuyButton slug={slug} title={title} isFree={priceAmount === 0} variant="primary" block />
      </div>
    </div>
  );
}
