import { ArrowLeft, ArrowRight } from "lucide-react";
import type { Route } from "next";
import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";
import type { OpenLesson } from "@/lib/learning/queries";
import { lessonHref } from "./lesson-frame";

const neighbour =
  "flex min-h-13 items-center gap-3 text-sm font-medium text-ink no-underline hover:text-ink [&_svg]:text-ink-muted hover:[&_span]:underline [&_small]:block [&_small]:text-xs [&_small]:font-normal [&_small]:text-ink-muted [&_small]:no-underline";

/** Previous, what can be done with this lesson, next. */
export function LessonEnd({
  lesson,
  children,
}: {
  readonly lesson: OpenLesson;
  readonly children?: ReactNode;
}) {
  const { previous, next } = lesson;
  const [before, after] = [lessonHref(lesson, previous), lessonHref(lesson, next)];
  return (
    <div className="mt-12 border-t border-hairline pt-6 print:hidden">
      <div className="grid grid-cols-2 items-center gap-3 lg:grid-cols-[1fr_auto_1fr]">
        <div className="col-span-2 lg:order-2 lg:col-span-1">{children}</div>
        <div className="lg:order-1">
          {before && previous ? (
            <Neighbour href={before} label="Previous" title={previous.title} rel="prev" />
          ) : null}
        </div>
        <div className="lg:order-3">
          {after && next ? <Neighbour href={after} label="Next" title={next.title} rel="next" /> : null}
        </div>
      </div>
      {before || after ? (
        <p
          className="mt-4 hidden text-xs text-ink-muted pointer-fine:block [&_kbd]:rounded-xs [&_kbd]:border [&_kbd]:border-hairline-strong [&_kbd]:px-1"
          data-needs-script
        >
          <kbd>Shift</kbd> <kbd>←</kbd> and <kbd>Shift</kbd> <kbd>→</kbd> turn the page.
        </p>
      ) : null}
    </div>
  );
}

type NeighbourProps = {
  readonly href: Route;
  readonly label: string;
  readonly title: string;
  readonly rel: "prev" | "next";
};

function Neighbour({ href, label, title, rel }: NeighbourProps) {
  const words = (
    <span>
      <small>{label}</small>
      {title}
    </span>
  );
  if (rel === "prev") {
    return (
      <Link href={href} rel={rel} prefetch={false} className={neighbour}>
        <ArrowLeft />
        {words}
      </Link>
    );
  }
  return (
    <Link href={href} rel={rel} prefetch={false} className={`${neighbour} justify-end text-right`}>
      {words}
      <ArrowRight />
    </Link>
  );
}
