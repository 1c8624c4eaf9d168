import { Lock } from "lucide-react";
import type { Route } from "next";
import { ButtonLink } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Price } from "@/components/ui/money";
import { Panel, PanelBody } from "@/components/ui/panel";
import type { LockedLesson, OpenLesson } from "@/lib/learning/lesson";

type OfferProps = { readonly lesson: LockedLesson | OpenLesson; readonly isSignedIn: boolean };

/** What leads from a lesson to its course, for whoever is not enrolled. */
export function CourseOffer({ lesson, isSignedIn }: OfferProps) {
  const { course, access } = lesson;
  const here = `/learn/${course.slug}/${lesson.slug}`;
  const free = course.priceAmount === 0;
  const locked = access === "locked";
  return (
    <Panel as="section" aria-labelledby="offer" className="print:hidden">
      <PanelBody>
        <div className="grid gap-x-8 gap-y-4 sm:grid-cols-[1fr_auto] sm:items-center">
          <div>
            <h2 id="offer" className="flex items-center gap-2 text-lg">
              {locked ? <Lock className="size-4.5! text-ink-muted" /> : null}
              {locked ? "This lesson belongs to the course" : "You are reading a free preview"}
            </h2>
            <p className="mt-1 text-ink-soft">
              {free
                ? `“${course.title}” is free. Enroll to open every lesson and keep your progress.`
                : `Buy “${course.title}” once, and every lesson is open to you for good.`}
            </p>
            {isSignedIn ? null : (
              <p className="mt-1 text-sm text-ink-muted">
                Already enrolled?{" "}
                <Link href={`/sign-in?returnTo=${encodeURIComponent(here)}` as Route}>Sign in</Link>
              </p>
            )}
          </div>
          <div className="flex items-center gap-4">
            <Price amount={course.priceAmount} currency={course.currency} className="text-lg" />
            <ButtonLink href={`/courses/${course.slug}`} variant="primary">
              See the course
            </ButtonLink>
          </div>
        </div>
      </PanelBody>
    </Panel>
  );
}
