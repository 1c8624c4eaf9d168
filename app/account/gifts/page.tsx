import type { Metadata, Route } from "next";
import { CourseCover } from "@/components/catalog/course-cover";
import { GiftNews } from "@/components/gifts/given-gifts";
import { PageHead, SectionHead } from "@/components/layout/page";
import { ButtonLink } from "@/components/ui/button";
import { DateTime } from "@/components/ui/date-time";
import { EmptyState } from "@/components/ui/empty-state";
import { LineItem, LineList } from "@/components/ui/line-item";
import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import { COURSE_LEVEL_NAMES, COURSE_TYPE_NAMES } from "@/lib/catalog/course-kinds";
import {
  GIFTS_SHOWN,
  type ListedGift,
  listOwnGifts,
  listReceivedGifts,
  type ReceivedGift,
} from "@/lib/gifts/queries";
import { requireViewer } from "@/lib/identity/session";

export const metadata: Metadata = { title: "Gifts" };

/** Courses that were given to the learner, and those that they gave. */
export default async function GiftsPage() {
  const viewer = await requireViewer("/account/gifts");
  const [received, given] = await Promise.all([
    listReceivedGifts(viewer.userId),
    listOwnGifts(viewer.userId),
  ]);
  return (
    <>
      <PageHead title="Gifts" />
      {received.length + given.length === 0 ? <NoGifts /> : null}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-12">
        {received.length > 0 ? (
          <section aria-labelledby="received">
            <SectionHead id="received" title="Given to you" size="small" />
            <LineList>
              {received.map((gift) => (
                <ReceivedLine key={gift.slug + gift.claimedAt.toISOString()} gift={gift} />
              ))}
            </LineList>
          </section>
        ) : null}
        {given.length > 0 ? (
          <section aria-labelledby="given">
            <SectionHead id="given" title="Given by you" size="small" />
            <LineList>
              {given.map((gift) => (
                <GivenLine key={gift.id} gift={gift} />
              ))}
            </LineList>
          </section>
        ) : null}
      </div>
      {Math.max(received.length, given.length) === GIFTS_SHOWN ? (
        <p className="mt-3 text-sm text-ink-soft">
          The latest {GIFTS_SHOWN} of each. Earlier ones are among your{" "}
          <Link href="/account/orders">orders</Link> and <Link href="/account/courses">courses</Link>.
        </p>
      ) : null}
    </>
  );
}

const about = ({ courseType, level }: Pick<ListedGift, "courseType" | "level">) =>
  `${COURSE_TYPE_NAMES[courseType]} · ${COURSE_LEVEL_NAMES[level]}`;

function ReceivedLine({ gift }: { readonly gift: ReceivedGift }) {
  const { slug, title, courseType, from, message, claimedAt, state } = gift;
  return (
    <LineItem
      thumb={<CourseCover slug={slug} type={courseType} />}
      title={
        state === "claimed" ? (
          <Link href={`/learn/${slug}`} prefetch={false}>
            {title}
          </Link>
        ) : (
          title
        )
      }
      meta={about(gift)}
      note={
        <>
          <p>
            {from ? `From ${from}, accepted` : "Accepted"} on <DateTime at={claimedAt} format="date" />.
            {state === "claimed"
              ? null
              : state === "paused"
                ? " Access is paused while its payment is being looked at."
                : " What was paid for it goes back, and access ends with it."}
          </p>
          {message ? <p className="mt-1 wrap-anywhere whitespace-pre-line">{message}</p> : null}
        </>
      }
    />
  );
}

function GivenLine({ gift }: { readonly gift: ListedGift }) {
  const order = `/account/orders/${gift.orderNumber}` as Route;
  return (
    <LineItem
      thumb={<CourseCover slug={gift.slug} type={gift.courseType} />}
      title={
        <Link href={order} prefetch={false}>
          {gift.title}
        </Link>
      }
      meta={about(gift)}
      note={
        <p className="wrap-anywhere">
          <GiftNews gift={gift} />
        </p>
      }
    />
  );
}

function NoGifts() {
  return (
    <Panel dashed>
      <EmptyState
        title="No gifts so far"
        action={
          <ButtonLink href="/courses" variant="primary">
            Browse the courses
          </ButtonLink>
        }
      >
        Any course with a price can be given: the link is on its page. What others give you appears here once
        you have accepted it.
      </EmptyState>
    </Panel>
  );
}
