import type { Metadata } from "next";
import { CourseCover } from "@/components/catalog/course-cover";
import { OfferedGiftActions } from "@/components/gifts/offered-gift";
import { SignInForGift } from "@/components/gifts/sign-in-for-gift";
import { Container } from "@/components/layout/page";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { COURSE_LEVEL_NAMES, COURSE_TYPE_NAMES } from "@/lib/catalog/course-kinds";
import { listOwnedSlugs } from "@/lib/enrollments/queries";
import { readKeptLink } from "@/lib/gifts/link-cookie";
import { findOfferedGift, type OfferedGift } from "@/lib/gifts/queries";
import { giftToken } from "@/lib/gifts/schema";
import { findViewer } from "@/lib/identity/session";

export const metadata: Metadata = { title: "A gift" };

/** The page of a gift's link. Mail programs open links by themselves: looking changes nothing, the button does. */
export default async function GiftPage({ searchParams }: PageProps<"/gift">) {
  const asked = giftToken.safeParse((await searchParams).token);
  const token = asked.success ? asked.data : null;
  const secret = token ?? (await readKeptLink());
  const viewer = await findViewer();
  const [gift, owned] = await Promise.all([
    secret ? findOfferedGift(secret, viewer?.userId ?? null) : null,
    viewer ? listOwnedSlugs(viewer.userId) : ([] as string[]),
  ]);
  return (
    <Container width="narrow" className="py-8 lg:py-16">
      {token && gift && !viewer ? <SignInForGift token={token} /> : null}
      {gift ? (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-8 md:grid-cols-[15rem_minmax(0,1fr)] md:items-start md:gap-12">
          <div className="aspect-8/5 overflow-hidden rounded-sm md:mt-2">
            <CourseCover slug={gift.slug} type={gift.courseType} />
          </div>
          <div>
            <Offer gift={gift} />
            <OfferedGiftActions
              gift={gift}
              token={viewer ? token : secret}
              viewer={viewer && { email: viewer.email, hasCourse: owned.includes(gift.slug) }}
            />
          </div>
        </div>
      ) : (
        <NoGift />
      )}
    </Container>
  );
}

function Offer({
  gift: { from, title, summary, message, courseType, level },
}: {
  readonly gift: OfferedGift;
}) {
  return (
    <>
      <p className="text-sm font-medium text-accent">
        {from ? `${from} gives you a course` : "A course for you"}
      </p>
      <h1 className="mt-1">{title}</h1>
      <p className="mt-1 text-sm text-ink-muted">{`${COURSE_TYPE_NAMES[courseType]} · ${COURSE_LEVEL_NAMES[level]}`}</p>
      <p className="mt-3 text-ink-soft">{summary}</p>
      {message ? (
        <blockquote className="mt-5 border-l-3 border-accent-line pl-4 font-serif text-lg leading-normal wrap-anywhere whitespace-pre-line">
          {message}
        </blockquote>
      ) : null}
      <div className="h-6" />
    </>
  );
}

function NoGift() {
  return (
    <Panel dashed>
      <EmptyState
        level="h1"
        title="This link opens no gift"
        action={<ButtonLink href="/courses">Browse the courses</ButtonLink>}
      >
        When a gift is sent again, only the newest mail counts. Look for it in your mailbox, or ask who gave
        it to you.
      </EmptyState>
    </Panel>
  );
}
