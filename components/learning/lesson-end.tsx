"use client";

import { ArrowLeft, ArrowRight } from "lucide-react";
import { Link } from "@/components/ui/link";
import { CompletionForm, type CompletionProps } from "./completion-form";
import type { Neighbour } from "./lesson-header";

const neighbour =
  "flex min-h-13 items-center gap-3 text-sm font-medium text-ink no-underline hover:text-ink [&_svg]:text-ink-muted hover:[&_span]:underline [&_small]:block [&_small]:text-xs [&_small]:font-normal [&_small]:text-ink-muted [&_small]:no-underline";

type LessonEndProps = {
  readonly previous: Neighbour | null;
  readonly next: Neighbour | null;
  /** Null for whoever is not enrolled. */
  readonly completion: CompletionProps | null;
};

/** Previous, what can be done with this lesson, next. */
export function LessonEnd({ previous, next, completion }: LessonEndProps) {
  return (
    <div className="mt-12 border-t border-hairline pt-6 print:hidden">
      <div className="grid grid-cols-2 items-center gap-3 lg:grid-cols-[1fr_auto_1fr]">
        <div className="col-span-2 lg:order-2 lg:col-span-1">
          {completion ? <CompletionForm key={completion.lesson} {...completion} /> : null}
        </div>
        <div className="lg:order-1">
          {previous ? <NeighbourLink {...previous} label="Previous" rel="prev" /> : null}
        </div>
        <div className="lg:order-3">{next ? <NeighbourLink {...next} label="Next" rel="next" /> : null}</div>
      </div>
      {previous || next ? (
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

type NeighbourLinkProps = Neighbour & { readonly label: string; readonly rel: "prev" | "next" };

function NeighbourLink({ href, label, title, rel }: NeighbourLinkProps) {
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
