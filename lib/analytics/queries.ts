import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { askedBy } from "@/db/asked-by";
import { db } from "@/db/client";
import { COURSE_TYPE_NAMES, type CourseType } from "@/lib/catalog/course-kinds";
import type { UserId } from "@/lib/ids";
import type { Cohort, CourseFunnel, DropOff } from "./funnel";
import { keepCount } from "./keep-count";
import { type Period, splitAt } from "./period";
import type { Dimension, Slice } from "./schema";
import type { DaySales } from "./sum-sales";

const PAID = sql`('completed', 'partially_refunded', 'refunded')`;

/** From the first midnight in the zone to the one after the last: a day on which the clocks change is as long as it is. */
function within(column: SQL, { from, to }: Period, zone: string): SQL {
  return sql`(${column} >= ${from}::date::timestamp at time zone ${zone}
    and ${column} < (${to}::date + 1)::timestamp at time zone ${zone})`;
}

/** The calendar day in a zone, by the database's clock. */
export async function findToday(zone: string): Promise<string> {
  const [row] = await db().execute<{ day: string }>(
    sql`select to_char(now() at time zone ${zone}, 'YYYY-MM-DD') as day`,
  );
  return row?.day ?? "1970-01-01";
}

/** Currencies that something was ever paid in; nothing for who may not see. */
export async function listCurrencies(staffId: UserId): Promise<string[]> {
  // One look into the index for each currency, instead of all orders.
  const rows = await db().execute<{ currency: string }>(sql`
    with recursive known as (
      select min(currency) as currency from orders where paid_at is not null and ${askedBy(staffId, "analytics.see")}
      union all
      select (select min(currency) from orders where paid_at is not null and currency > known.currency)
      from known where known.currency is not null)
    select currency from known where currency is not null`);
  return rows.map(({ currency }) => currency);
}

/** Today in the zone; null for who may not see the numbers. */
async function findTodayFor(staffId: UserId, zone: string): Promise<string | null> {
  const [row] = await db().execute<{ day: string }>(sql`
    select to_char(now() at time zone ${zone}, 'YYYY-MM-DD') as day where ${askedBy(staffId, "analytics.see")}`);
  return row?.day ?? null;
}

/** Orders, or learners, from which on numbers are kept for some minutes (decision 0071). */
const MANY = 5_000;
/** A day that is over hardly changes: a debit arrives, a refund fails. */
const PAST_MINUTES = 10;

/** The days of a period on which something was paid or went back, in one currency. */
export async function listDaySales(
  staffId: UserId,
  period: Period,
  zone: string,
  currency: string,
): Promise<DaySales[]> {
  const today = await findTodayFor(staffId, zone);
  if (!today) return [];
  const { past, rest } = splitAt(today, period);
  const isLarge = (days: readonly DaySales[]) => days.reduce((sum, { orders }) => sum + orders, 0) > MANY;
  const key = `days ${currency} ${zone} ${past?.from} ${past?.to}`;
  const [gone, now] = await Promise.all([
    past ? keepCount(key, PAST_MINUTES, () => sumDays(past, zone, currency), isLarge) : [],
    rest ? sumDays(rest, zone, currency) : [],
  ]);
  return [...gone, ...now];
}

async function sumDays(period: Period, zone: string, currency: string): Promise<DaySales[]> {
  const rows = await db().execute<{ [K in keyof DaySales]: DaySales[K] }>(sql`
    select to_char(day, 'YYYY-MM-DD') as day, sum(orders)::int as orders, sum(gross)::float8 as "grossAmount",
      sum(tax)::float8 as "taxAmount", sum(refunds)::int as refunds, sum(refunded)::float8 as "refundedAmount",
      sum(lost)::float8 as "lostAmount"
    from (
      select (paid_at at time zone ${zone})::date as day, count(*) as orders, sum(total_amount::bigint) as gross,
        sum(tax_amount::bigint) as tax, 0 as refunds, 0 as refunded, 0 as lost
      from orders
      where currency = ${currency} and status in ${PAID} and ${within(sql`paid_at`, period, zone)}
      group by 1
      union all
      select (created_at at time zone ${zone})::date, 0, 0, 0, count(*), sum(amount::bigint), 0
      from refunds
      where currency = ${currency} and status in ('pending', 'succeeded') and ${within(sql`created_at`, period, zone)}
      group by 1
      union all
      select (closed_at at time zone ${zone})::date, 0, 0, 0, 0, 0, sum(amount::bigint)
      from disputes
      where currency = ${currency} and state = 'lost' and ${within(sql`closed_at`, period, zone)}
      group by 1
    ) done
    group by day order by day`);
  return [...rows];
}

const SLICES = 100;

/** What was paid in a period, by course, kind, coupon or country, the most first. */
export async function listSlices(
  staffId: UserId,
  by: Dimension,
  period: Period,
  zone: string,
  currency: string,
): Promise<Slice[]> {
  const paid = sql`o.currency = ${currency} and o.status in ${PAID} and ${within(sql`o.paid_at`, period, zone)}
    and ${askedBy(staffId, "analytics.see")}`;
  const rows = await db().execute<{ [K in keyof Slice]: Slice[K] }>(
    by === "course" || by === "type" ? byItem(by, paid) : byOrder(by, paid),
  );
  return rows.map((row) => ({ ...row, name: nameSlice(by, row.name) }));
}

/** What banks took for good, by order: few of all. */
const LOST = sql`(select order_id, sum(amount::bigint) as amount from disputes where state = 'lost' group by 1)`;

/**
 * `refunded_amount` of an item is what Stripe confirmed of it. A dispute is about a payment, not a course: each of its courses lost its
 * share by price, in whole units, so that a dispute about a part may be off by one.
 */
function byItem(by: "course" | "type", paid: SQL): SQL {
  const name = by === "course" ? sql`c.title` : sql`c.course_type::text`;
  return sql`
    select ${name} as name, count(*)::int as sold, sum((i.net_amount + i.tax_amount)::bigint)::float8 as "paidAmount",
      sum(i.tax_amount::bigint)::float8 as "taxAmount", sum(i.refunded_amount::bigint)::float8 as "refundedAmount",
      coalesce(sum(round(lost.amount * (i.net_amount + i.tax_amount) / nullif(o.total_amount, 0))), 0)::float8 as "lostAmount"
    from orders o join order_items i on i.order_id = o.id join courses c on c.id = i.course_id
    left join ${LOST} lost on lost.order_id = o.id
    where ${paid} group by 1 order by 3 desc, 1 limit ${SLICES}`;
}

function byOrder(by: "coupon" | "country", paid: SQL): SQL {
  const name =
    by === "coupon" ? sql`coalesce(o.coupon_code, '')` : sql`coalesce(o.billing_address ->> 'country', '')`;
  return sql`
    select ${name} as name, count(*)::int as sold, sum(o.total_amount::bigint)::float8 as "paidAmount",
      sum(o.tax_amount::bigint)::float8 as "taxAmount", coalesce(sum(r.amount), 0)::float8 as "refundedAmount",
      coalesce(sum(lost.amount), 0)::float8 as "lostAmount"
    from orders o
    left join lateral (select sum(amount::bigint) as amount from refunds
      where order_id = o.id and status in ('pending', 'succeeded')) r on o.held_refund_amount > 0
    left join ${LOST} lost on lost.order_id = o.id
    where ${paid} group by 1 order by 3 desc, 1 limit ${SLICES}`;
}

const countries = new Intl.DisplayNames("en", { type: "region", fallback: "code" });

function nameSlice(by: Dimension, name: string): string {
  if (by === "type") return COURSE_TYPE_NAMES[name as CourseType] ?? name;
  if (by === "coupon") return name || "No coupon";
  if (by === "country") return /^[A-Z]{2}$/.test(name) ? (countries.of(name) ?? name) : name || "Not known";
  return name;
}

export type Traffic = {
  /** Orders that were placed, paid or not. */
  readonly placed: number;
  /** Those of them that were paid by now. */
  readonly paid: number;
  /** Learners who did something in a lesson. */
  readonly active: number;
};

const NO_TRAFFIC: Traffic = { placed: 0, paid: 0, active: 0 };

/** How many went to pay, how many of them paid, and how many learned. */
export async function findTraffic(staffId: UserId, period: Period, zone: string): Promise<Traffic> {
  const today = await findTodayFor(staffId, zone);
  if (!today) return NO_TRAFFIC;
  const { past, rest } = splitAt(today, period);
  const named = (part: Period | null) => `${zone} ${part?.from} ${part?.to}`;
  const [gone, now, active] = await Promise.all([
    past
      ? keepCount(
          `placed ${named(past)}`,
          PAST_MINUTES,
          () => countPlaced(past, zone),
          ({ placed }) => placed > MANY,
        )
      : NO_TRAFFIC,
    rest ? countPlaced(rest, zone) : NO_TRAFFIC,
    // Whoever learned yesterday and today is one learner: the days cannot be added up.
    keepCount(
      `active ${named(period)}`,
      rest ? 1 : PAST_MINUTES,
      () => countActive(period, zone),
      (learners) => learners > MANY,
    ),
  ]);
  return { placed: gone.placed + now.placed, paid: gone.paid + now.paid, active };
}

async function countPlaced(period: Period, zone: string): Promise<Omit<Traffic, "active">> {
  const [row] = await db().execute<{ placed: number; paid: number }>(sql`
    select count(*)::int as placed, count(paid_at)::int as paid from orders
    where ${within(sql`created_at`, period, zone)}`);
  return row ?? NO_TRAFFIC;
}

async function countActive(period: Period, zone: string): Promise<number> {
  const [row] = await db().execute<{ active: number }>(sql`
    select count(*)::int as active from (select distinct user_id from activity_quarters
      where ${within(sql`starts_at`, period, zone)}) learners`);
  return row?.active ?? 0;
}

const FUNNEL_COURSES = 200;

/**
 * How often each course was viewed, put into a cart, placed in an order and paid in a period; what was placed in it counts as paid
 * whenever that was. The most viewed first.
 */
export async function listFunnels(staffId: UserId, period: Period, zone: string): Promise<CourseFunnel[]> {
  const rows = await db().execute<{ [K in keyof CourseFunnel]: CourseFunnel[K] }>(sql`
    select c.title, sum(viewed)::float8 as viewed, sum(carted)::float8 as carted, sum(placed)::float8 as placed,
      sum(paid)::float8 as paid
    from (
      select course_id, sum(times) filter (where step = 'viewed') as viewed,
        sum(times) filter (where step = 'carted') as carted, 0 as placed, 0 as paid
      from step_counts where ${within(sql`starts_at`, period, zone)} group by 1
      union all
      select i.course_id, 0, 0, count(*), count(o.paid_at)
      from orders o join order_items i on i.order_id = o.id where ${within(sql`o.created_at`, period, zone)} group by 1
    ) steps join courses c on c.id = steps.course_id
    where ${askedBy(staffId, "analytics.see")}
    group by c.id, c.title order by 2 desc nulls last, 4 desc, 1 limit ${FUNNEL_COURSES}`);
  return rows.map((row) => ({ ...row, viewed: row.viewed ?? 0, carted: row.carted ?? 0 }));
}

/** How far those came who got a seat of the course in a period. Null for an unknown course, or for who may not see. */
export async function findDropOff(
  staffId: UserId,
  slug: string,
  period: Period,
  zone: string,
): Promise<DropOff | null> {
  const [course] = await db().execute<{ id: string }>(
    sql`select id from courses where slug = ${slug} and ${askedBy(staffId, "analytics.see")}`,
  );
  if (!course) return null;
  const rows = await db().execute<{
    title: string;
    completed: number;
    stopped: number;
    seats: number;
    begun: number;
  }>(sql`
    with seats as materialized (
      select distinct user_id from enrollments
      where course_id = ${course.id}::uuid and ${within(sql`enrolled_at`, period, zone)}),
    done as materialized (
      select t.user_id, l.position from seats s join lesson_completions t on t.user_id = s.user_id
      join lessons l on l.id = t.lesson_id where l.course_id = ${course.id}::uuid and l.archived_at is null),
    furthest as (select user_id, max(position) as position from done group by 1)
    select l.title, (select count(*)::int from done where position = l.position) as completed,
      (select count(*)::int from furthest where position = l.position) as stopped,
      (select count(*)::int from seats) as seats, (select count(*)::int from furthest) as begun
    from lessons l where l.course_id = ${course.id}::uuid and l.archived_at is null order by l.position, l.id`);
  const [first] = rows;
  return {
    seats: first?.seats ?? 0,
    notBegun: (first?.seats ?? 0) - (first?.begun ?? 0),
    lessons: rows.map(({ title, completed, stopped }) => ({ title, completed, stopped })),
  };
}

/** Who got a seat of the course in each of the last twelve months, and within how many days they had completed it. */
export async function listCohorts(staffId: UserId, slug: string, zone: string): Promise<Cohort[]> {
  const month = sql`date_trunc('month', e.enrolled_at at time zone ${zone})`;
  const inDays = (days: number) =>
    sql`count(*) filter (where e.completed_at < e.enrolled_at + ${days}::int * interval '1 day')::int`;
  const rows = await db().execute<{ [K in keyof Cohort]: Cohort[K] }>(sql`
    select to_char(${month}, 'YYYY-MM') as month, count(*)::int as seats, ${inDays(7)} as within7, ${inDays(30)} as within30,
      ${inDays(90)} as within90, count(e.completed_at)::int as ever,
      floor(extract(epoch from now() - max(e.enrolled_at)) / 86400)::int as age
    from enrollments e join courses c on c.id = e.course_id
    where c.slug = ${slug} and ${askedBy(staffId, "analytics.see")}
      and e.enrolled_at >= (date_trunc('month', now() at time zone ${zone}) - interval '11 months') at time zone ${zone}
    group by 1 order by 1 desc`);
  return [...rows];
}
