"use client";

import { ChevronLeft, ChevronRight, SunMoon, UnfoldHorizontal } from "lucide-react";
import type { Route } from "next";
import { Logo } from "@/components/layout/logo";
import { ThemeSwitch } from "@/components/layout/theme-switch";
import { IconLink } from "@/components/ui/icon-button";
import { Link } from "@/components/ui/link";
import { Progress } from "@/components/ui/progress";
import { LessonKeys } from "./lesson-keys";
import { MeasureSwitch } from "./measure-switch";

/** The lesson before or after, where the reader may open it. */
export type Neighbour = { readonly href: Route; readonly title: string };

type LessonHeaderProps = {
  readonly course: string;
  readonly title: string;
  /** 0 to 100; null for whoever is not enrolled. */
  readonly percentage: number | null;
  readonly previous: Neighbour | null;
  readonly next: Neighbour | null;
};

/** Where the reader is, how far they are, and what turns the page. A client component, as the outline is. */
export function LessonHeader({ course, title, percentage, previous, next }: LessonHeaderProps) {
  const isEnrolled = percentage !== null;
  return (
    <header className="sticky top-0 z-header border-b border-hairline bg-paper print:hidden">
      <div className="flex h-14 items-center gap-1 px-4 sm:gap-3">
        <Link
          href={isEnrolled ? "/account/courses" : "/courses"}
          aria-label={isEnrolled ? "Back to my courses" : "All courses"}
          className="-ml-2 grid size-target flex-none place-items-center"
        >
          <Logo glyph />
        </Link>
        <p className="min-w-0 flex-1 font-serif font-title">
          <Link
            href={`/courses/${course}`}
            className="block truncate leading-[2.75rem] text-inherit no-underline hover:underline"
          >
            {title}
          </Link>
        </p>
        {isEnrolled ? (
          <Progress value={percentage} label="Course progress" className="w-56 flex-none max-md:hidden" />
        ) : null}
        <div className="flex flex-none items-center md:ml-1">
          <MeasureSwitch icon={<UnfoldHorizontal />} />
          <ThemeSwitch icon={<SunMoon />} />
          {previous ? (
            <IconLink
              href={previous.href}
              prefetch={false}
              label={`Previous lesson: ${previous.title}`}
              rel="prev"
            >
              <ChevronLeft />
            </IconLink>
          ) : null}
          {next ? (
            <IconLink href={next.href} prefetch={false} label={`Next lesson: ${next.title}`} rel="next">
              <ChevronRight />
            </IconLink>
          ) : null}
        </div>
      </div>
      <LessonKeys previous={previous?.href ?? null} next={next?.href ?? null} />
    </header>
  );
}
