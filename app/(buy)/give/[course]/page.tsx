import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { CouponLink } from "@/components/catalog/coupon-link";
import { CourseCover } from "@/components/catalog/course-cover";
import { GiveForm } from "@/components/gifts/give-form";
import { Container } from "@/components/layout/page";
import { SyncZone } from "@/components/progress/sync-zone";
import { BackLink } from "@/components/ui/link-button";
import { Price } from "@/components/ui/money";
import { Notice } from "@/components/ui/notice";
import { findCartOwner } from "@/lib/cart/owner";
import { type CartLine, getCart } from "@/lib/cart/queries";
import { courseSlug } from "@/lib/cart/schema";
import { COURSE_LEVEL_NAMES, COURSE_TYPE_NAMES } from "@/lib/catalog/course-kinds";
import { listCards } from "@/lib/catalog/queries";
import { lastDay } from "@/lib/gifts/judge-day";
import { readReaderZone } from "@/lib/identity/reader-zone";
import { findViewer } from "@/lib/identity/session";
import { dayIn } from "@/lib/identity/zone";

export const metadata: Metadata = { title: "Give a course" };

/** For whom a course is, before it goes into the cart. Open to guests: signing in comes before paying. */
export default async function GivePage({ params }: PageProps<"/give/[course]">) {
  const slug = courseSlug.safeParse((await params).course);
  const [course] = slug.success ? await listCards([slug.data]) : [];
  if (!course || course.priceAmount === 0) notFound();
  const viewer = await findViewer();
  const cart = await getCart(await findCartOwner(viewer));
  const line = cart.lines.find((one) => one.slug === course.slug);
  const { zone, isChosen } = await readReaderZone({ timeZone: viewer?.timeZone ?? null });
  const today = dayIn(zone, new Date());
  return (
    <Container width="form" className="py-6 lg:py-12">
      <CouponLink />
      {isChosen ? null : <SyncZone known={zone} />}
      <BackLink href={`/courses/${course.slug}`}>{course.title}</BackLink>
      <h1 className="mt-1">Give this course</h1>
      <p className="mt-2 text-ink-soft">
        They get an e-mail with your words and a link that opens the course once they have accepted it.
      </p>
      <div className="my-6 grid grid-cols-[6rem_1fr] items-center gap-4 border-y border-hairline py-4">
        <div className="aspect-8/5 overflow-hidden rounded-xs">
          <CourseCover slug={course.slug} type={course.type} />
        </div>
        <div className="min-w-0">
          <p className="font-serif text-line font-title">{course.title}</p>
          <p className="flex flex-wrap justify-between gap-x-4 text-sm text-ink-muted">
            <span>{`${COURSE_TYPE_NAMES[course.type]} · ${COURSE_LEVEL_NAMES[course.level]}`}</span>
            <Price amount={course.priceAmount} currency={course.currency} />
          </p>
        </div>
      </div>
      {line && !line.gift ? <OwnLine /> : null}
      <GiveForm
        course={course.slug}
        values={line?.gift ? valuesOf(line.gift) : null}
        calendar={{ zone, today, last: lastDay(today) }}
      />
      <p className="mt-4 text-sm text-ink-muted">
        You pay for it in your cart, and can see on the order whether it was accepted. Until then you may
        change the address, and the fourteen days to change your mind count as for any course.
      </p>
    </Container>
  );
}

const valuesOf = ({ email, message, deliverOn }: NonNullable<CartLine["gift"]>) => ({
  email,
  message,
  deliverOn: deliverOn ?? "",
});

function OwnLine() {
  return (
    <Notice title="This course is in your cart for yourself" className="mb-5">
      <p>It becomes this gift. To buy it for yourself as well, do so in a second order.</p>
    </Notice>
  );
}
