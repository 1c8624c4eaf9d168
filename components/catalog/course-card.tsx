import { Heart } from "lucide-react";
import { Link } from "@/components/ui/link";
import { Price } from "@/components/ui/money";
import { Card, CardFoot, CardTitle } from "@/components/ui/panel";
import { WishButton } from "@/components/wishlist/wish-button";
import { COURSE_LEVEL_NAMES, COURSE_TYPE_NAMES } from "@/lib/catalog/course-kinds";
import { formatCount, formatDuration } from "@/lib/catalog/format-duration";
import type { CourseCard as CourseCardData } from "@/lib/catalog/queries";
import { BuyButton, CardPrice } from "./buy-button";
import { CourseCover } from "./course-cover";
import { InlineCode } from "./inline-code";

/** A course in a list. `level` is the heading's, after the page's outline. */
export function CourseCard({
  course,
  level = "h2",
}: {
  readonly course: CourseCardData;
  readonly level?: "h2" | "h3";
}) {
  const { slug, title, type, summary, priceAmount, currency } = course;
  return (
    <Card as="li">
      <div className="aspect-8/5 overflow-hidden rounded-xs">
        <CourseCover slug={slug} type={type} />
      </div>
      <div className="flex flex-1 flex-col px-2 pt-4 pb-1">
        <p className="text-xs font-medium text-ink-muted tabular-nums">
          {COURSE_TYPE_NAMES[type]} · {COURSE_LEVEL_NAMES[course.level]} ·{" "}
          {formatCount(course.lessons, "lesson")} · {formatDuration(course.minutes)}
        </p>
        <CardTitle level={level}>
          <Link href={`/courses/${slug}`}>{title}</Link>
        </CardTitle>
        <p className="mt-2 flex-1 text-sm text-ink-soft">
          <InlineCode>{summary}</InlineCode>
        </p>
        <CardFoot>
          <CardPrice course={slug}>
            <Price amount={priceAmount} currency={currency} />
          </CardPrice>
          <div className="flex items-center gap-1">
            <WishButton slug={slug} title={title}>
              <Heart />
            </WishButton>
            <BuyButton slug={slug} title={title} isFree={priceAmount === 0} />
          </div>
        </CardFoot>
      </div>
    </Card>
  );
}
