import type { Metadata } from "next";
import type { ReactNode } from "react";
import { BuyButton, CardPrice } from "@/components/catalog/buy-button";
import { Container, PageTitle, Section, SectionHead } from "@/components/layout/page";
import { EmptyState, OpenBook } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { Price } from "@/components/ui/money";
import { Panel } from "@/components/ui/panel";
import { COURSE_LEVEL_NAMES, COURSE_TYPE_NAMES } from "@/lib/catalog/course-kinds";
import { formatCount, formatDuration } from "@/lib/catalog/format-duration";
import type { CourseCard } from "@/lib/catalog/queries";
import { readShelf } from "@/lib/catalog/shelf";

export const dynamic = "force-static";
export const revalidate = 3600;

export const metadata: Metadata = {
  title: "Pricing",
  description: "Each course has one price, paid once. No subscription, no tiers; some courses are free.",
  alternates: { canonical: "/pricing" },
};

export default async function PricingPage() {
  const { courses } = await readShelf();
  const free = courses.filter((course) => course.priceAmount === 0);
  const paid = courses.filter((course) => course.priceAmount > 0);
  return (
    <Container>
      <PageTitle
        title="Pricing"
        lead="Each course has one price, paid once. There is no subscription and no bigger plan."
      />
      {courses.length === 0 ? (
        <Panel dashed>
          <EmptyState title="No course is on sale yet" figure={<OpenBook />}>
            <p>Prices appear here as soon as courses are published.</p>
          </EmptyState>
        </Panel>
      ) : null}
      <PriceList id="free" title="Free" courses={free} />
      <PriceList id="paid" title="Bought once, kept for good" courses={paid} />
      <Answers />
    </Container>
  );
}

type PriceListProps = {
  readonly id: string;
  readonly title: string;
  readonly courses: readonly CourseCard[];
};

function PriceList({ id, title, courses }: PriceListProps) {
  if (courses.length === 0) return null;
  return (
    <section aria-labelledby={id} className="mt-4 mb-12 lg:mb-16">
      <SectionHead id={id} title={title} />
      <ul className="border-t border-ink">
        {courses.map((course) => (
          <PriceLine key={course.slug} course={course} />
        ))}
      </ul>
    </section>
  );
}

function PriceLine({ course }: { readonly course: CourseCard }) {
  return (
    <li className="grid grid-cols-[1fr_auto] items-center gap-x-6 gap-y-3 border-b border-hairline py-4 md:grid-cols-[1fr_6rem_11rem]">
      <div className="max-md:col-span-2">
        <h3 className="text-line">
          <Link href={`/courses/${course.slug}`} className="text-inherit no-underline hover:underline">
            {course.title}
          </Link>
        </h3>
        <p className="mt-0.5 text-xs text-ink-muted tabular-nums">
          {COURSE_TYPE_NAMES[course.type]} · {COURSE_LEVEL_NAMES[course.level]} ·{" "}
          {formatCount(course.lessons, "lesson")} · {formatDuration(course.minutes)}
        </p>
      </div>
      <div className="md:text-right">
        <CardPrice course={course.slug}>
          <Price amount={course.priceAmount} currency={course.currency} />
        </CardPrice>
      </div>
      <div className="justify-self-end">
        <BuyButton slug={course.slug} title={course.title} isFree={course.priceAmount === 0} />
      </div>
    </li>
  );
}

const answers: readonly { question: string; answer: ReactNode }[] = [
  {
    question: "How long can I read what I bought?",
    answer: "As long as your account exists. Corrections and additions to the course are included.",
  },
  {
    question: "Can I look before I buy?",
    answer: "Yes. Every course opens with a free lesson; its page marks which ones anybody can read.",
  },
  {
    question: "I have a coupon. Where does it go?",
    answer: (
      <>
        Into the <Link href="/cart">cart</Link>, under “Have a coupon?”. It shows what it saves before you
        pay.
      </>
    ),
  },
  {
    question: "What if a course is not for me?",
    answer: (
      <>
        Ask within fourteen days and you get your money back. The <Link href="/refunds">refund page</Link>{" "}
        says how.
      </>
    ),
  },
  {
    question: "How do I pay?",
    answer:
      "On Stripe’s own page, by card or by the other methods that it offers you there. This shop never sees your card number.",
  },
];

function Answers() {
  return (
    <Section labelledBy="questions" className="pb-0!">
      <SectionHead id="questions" title="Asked before buying" />
      <dl className="grid gap-x-16 gap-y-8 md:grid-cols-2">
        {answers.map(({ question, answer }) => (
          <div key={question}>
            <dt className="font-serif text-line font-title">{question}</dt>
            <dd className="mt-2 max-w-prose text-ink-soft">{answer}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
