import type postgres from "postgres";

/** How much of each; the rest follows from these. */
export type LargeSize = { readonly orders: number; readonly learners: number; readonly courses: number };

export const LARGE: LargeSize = { orders: 1_000_000, learners: 200_000, courses: 1_000 };

const FIRST = [
  "Ada",
  "Bela",
  "Chidi",
  "Dana",
  "Emil",
  "Farah",
  "Goran",
  "Hana",
  "Iris",
  "Jonas",
  "Kira",
  "Liam",
  "Mira",
];
const LAST = [
  "Abel",
  "Brandt",
  "Costa",
  "Dvorak",
  "Eriksen",
  "Fischer",
  "Garcia",
  "Horvat",
  "Ito",
  "Jansen",
  "Kovacs",
];
const COUNTRIES = ["DE", "US", "FR", "GB", "NL", "IN", "BR", "JP"];
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** Orders of one statement. */
const BATCH = 100_000;

type Sql = postgres.Sql | postgres.TransactionSql;

/** A UUIDv7 of a moment, the same each time: ids of rows made together lie together, as those of the shop do. */
const idAt = (sql: Sql, kind: string, n: postgres.Fragment, at: postgres.Fragment) => sql`
  (lpad(to_hex((extract(epoch from ${at}) * 1000)::bigint), 12, '0') || '7' || substr(md5(${kind}::text || ${n}), 1, 3)
    || '8' || substr(md5(${kind}::text || ${n}), 4, 15))::uuid`;

/** A number between 0 and `below`, the same each time. */
const chance = (sql: Sql, kind: string, n: postgres.Fragment, below: number) => sql`
  (('x' || substr(md5(${kind}::text || ${n}), 1, 7))::bit(28)::int % ${below}::int)`;

/**
 * Fills a migrated database with a large shop of some three years, by `generate_series`: for measuring, since neither a
 * payment of Stripe nor a document stands behind it. The database must hold no order. One transaction: all of it or nothing.
 * Says what it does as it goes.
 */
export async function seedLarge(
  client: postgres.Sql,
  size: LargeSize,
  say: (line: string) => void = () => {},
): Promise<void> {
  const [found] = await client<{ held: boolean }[]>`select exists (select 1 from orders) as held`;
  if (found?.held) throw new Error("The database holds orders already. Name one without any.");
  const timed = async (name: string, work: () => Promise<void>) => {
    const startedAt = performance.now();
    await work();
    say(`${name}: ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`);
  };
  await client.begin(async (sql) => {
    await sql`set local statement_timeout = 0`;
    await sql`set local maintenance_work_mem = '256MB'`;
    await sql`set local work_mem = '64MB'`;
    const restore = await takeIndexesOff(sql);
    const steps: readonly (readonly [string, () => Promise<void>])[] = [
      ["courses and lessons", () => seedCourses(sql, size)],
      ["coupons", () => seedCoupons(sql)],
      ["learners", () => seedLearners(sql, size)],
      ["orders", () => seedOrders(sql, size, say)],
      ["refunds, requests and disputes", () => seedRefunds(sql)],
      ["seats", () => seedSeats(sql)],
      ["progress", () => seedProgress(sql)],
      ["events of Stripe and mails", () => seedEvents(sql)],
      ["indexes and foreign keys", restore],
    ];
    for (const [name, step] of steps) {
      await timed(name, step);
      // Without numbers about what has just been written, the next step would be planned for empty tables.
      if (step !== restore) await sql`analyze`;
    }
  });
  await timed("vacuum", async () => void (await client`vacuum analyze`));
}

const BULKY = [
  "orders",
  "order_items",
  "enrollments",
  "lesson_completions",
  "activity_quarters",
  "stripe_events",
  "emails",
];

/** All indexes but the primary keys', and foreign keys, of the tables that are filled: made once at the end, not row by row. */
async function takeIndexesOff(sql: Sql): Promise<() => Promise<void>> {
  const indexes = await sql<{ name: string; made: string }[]>`
    select i.indexname as name, i.indexdef as made from pg_indexes i
    where i.schemaname = 'public' and i.tablename in ${sql(BULKY)}
      and not exists (select 1 from pg_constraint c where c.conname = i.indexname)`;
  const constraints = await sql<{ owner: string; name: string; made: string }[]>`
    select conrelid::regclass::text as owner, conname as name, pg_get_constraintdef(oid) as made
    from pg_constraint where contype in ('f', 'u') and conrelid::regclass::text in ${sql(BULKY)}
    order by contype = 'f'`;
  for (const { name } of indexes) await sql`drop index ${sql(name)}`;
  for (const { owner, name } of constraints.toReversed())
    await sql`alter table ${sql(owner)} drop constraint ${sql(name)}`;
  return async () => {
    for (const { made } of indexes) await sql.unsafe(made);
    for (const { owner, name, made } of constraints)
      await sql.unsafe(`alter table "${owner}" add constraint "${name}" ${made}`);
  };
}

const LESSONS = 8;
const BORN = "2023-01-01T00:00:00Z";

async function seedCourses(sql: Sql, { courses }: LargeSize): Promise<void> {
  const at = sql`${BORN}::timestamptz`;
  const course = idAt(sql, "course", sql`n`, at);
  await sql`
    insert into courses (id, slug, title, course_type, level, summary, description, outcomes, audience, prerequisites,
      price_amount, currency, status, position, content_hash, created_at, updated_at)
    select ${course}, 'large-' || lpad(n::text, 5, '0'),
      (array['Practical', 'Modern', 'Fast', 'Careful', 'Everyday'])[1 + n % 5] || ' '
        || (array['queries', 'scripts', 'tests', 'reports', 'pipelines', 'models', 'services'])[1 + n % 7] || ' ' || n,
      (array['python', 'sql', 'general'])[1 + n % 3]::course_type,
      (array['beginner', 'intermediate', 'advanced'])[1 + n % 3]::course_level,
      'Made to measure with.', 'Made to measure with.', array['One', 'Two', 'Three'], 'Nobody.', 'None.',
      1900 + 1000 * (n % 9), 'usd', 'published', 10000 + n, 'made here', ${at}, ${at}
    from generate_series(1, ${courses}::int) n`;
  await sql`
    insert into course_modules (id, course_id, slug, title, position)
    select ${idAt(sql, "module", sql`n`, at)}, ${course}, 'one', 'One', 1 from generate_series(1, ${courses}::int) n`;
  await sql`
    insert into lessons (id, course_id, module_id, slug, title, summary, body, minutes, position)
    select ${idAt(sql, "lesson", sql`n || '-' || k`, at)}, ${course}, ${idAt(sql, "module", sql`n`, at)}, 'lesson-' || k,
      'Lesson ' || k, 'Made to measure with.', 'Words.', 10, k
    from generate_series(1, ${courses}::int) n, generate_series(1, ${LESSONS}::int) k`;
}

const COUPONS = 2_000;

async function seedCoupons(sql: Sql): Promise<void> {
  const at = sql`(${BORN}::timestamptz + n * interval '1 hour')`;
  await sql`
    insert into coupons (id, code, discount_type, discount_value, description, created_at, updated_at)
    select ${idAt(sql, "coupon", sql`n`, at)}, 'LARGE' || n, 'percentage', 10, 'Made to measure with', ${at}, ${at}
    from generate_series(1, ${COUPONS}::int) n`;
}

const learnerAt = (sql: Sql, n: postgres.Fragment, learners: number) =>
  sql`(now() - (1100 - 1095 * ${n}::float8 / ${learners}::int) * interval '1 day')`;

async function seedLearners(sql: Sql, { learners }: LargeSize): Promise<void> {
  const at = learnerAt(sql, sql`n`, learners);
  const name = (names: readonly string[], kind: string) =>
    sql`(${sql.array([...names])}::text[])[1 + ${chance(sql, kind, sql`n`, names.length)}]`;
  await sql`
    insert into users (id, email, name, email_verified_at, stripe_customer_id, created_at, updated_at)
    select ${idAt(sql, "user", sql`n`, at)}, 'learner-' || lpad(n::text, 7, '0') || '@large.example',
      ${name(FIRST, "first")} || ' ' || ${name(LAST, "last")} || ' ' || n, ${at}, 'cus_large' || n, ${at}, ${at}
    from generate_series(1, ${learners}::int) n`;
}

/**
 * One to three courses an order, some with a coupon. The newer the more of them. What was ordered in the last hour is not paid
 * yet; else 80 of 100 are paid, 4 given back, 3 in part.
 */
async function seedOrders(sql: Sql, size: LargeSize, say: (line: string) => void): Promise<void> {
  const { orders, learners, courses } = size;
  for (let from = 1; from <= orders; from += BATCH) {
    const to = Math.min(orders, from + BATCH - 1);
    await sql`
      create temporary table placed as
      select n, ${idAt(sql, "order", sql`n`, sql`at`)} as id, at, status, courses, currency, coupon,
        status in ('completed', 'partially_refunded', 'refunded') as is_paid, u.id as user_id, u.name, u.email
      from (
        select n, at,
          case when at > now() - interval '1 hour' then 'pending'
            when ${chance(sql, "status", sql`n`, 100)} < 80 then 'completed'
            when ${chance(sql, "status", sql`n`, 100)} < 84 then 'refunded'
            when ${chance(sql, "status", sql`n`, 100)} < 87 then 'partially_refunded'
            when ${chance(sql, "status", sql`n`, 100)} < 96 then 'expired' else 'failed' end as status,
          1 + ${chance(sql, "items", sql`n`, 10)} / 6 + ${chance(sql, "items", sql`n`, 10)} / 9 as courses,
          case when ${chance(sql, "money", sql`n`, 100)} < 97 then 'usd' else 'eur' end as currency,
          case when ${chance(sql, "coupon", sql`n`, 100)} < 15
            then 1 + ${chance(sql, "code", sql`n`, COUPONS)} end as coupon
        from (select n, now() - (1095 * (1 - sqrt(n::float8 / ${orders}::int))) * interval '1 day'
          - interval '1 minute' as at from generate_series(${from}::int, ${to}::int) n) dated
      ) drawn
      join users u on u.email = 'learner-' || lpad((1 + ${chance(sql, "buyer", sql`n`, learners)})::text, 7, '0')
        || '@large.example'`;
    await sql`analyze placed`;
    await sql`
      create temporary table bought as
      select o.n, k, o.id as order_id, c.id as course_id, c.slug, c.title, c.price_amount as price,
        case when o.coupon is null then 0 else c.price_amount / 10 end as discount, o.at,
        o.is_paid, o.status, o.user_id
      from placed o, generate_series(1, o.courses) k
      join lateral (select id, slug, title, price_amount from courses where slug = 'large-' || lpad(
        (1 + (power(${chance(sql, "course", sql`o.n`, 1_000_000)} / 1000000.0, 2) * ${courses}::int)::int % ${courses}::int
          + (k - 1) * 7) :: text, 5, '0')) c on true`;
    await sql`analyze bought`;
    await sql`
      insert into orders (id, user_id, order_number, status, subtotal_amount, discount_amount, tax_amount, total_amount,
        currency, livemode, coupon_id, coupon_code, coupon_discount_percentage, stripe_checkout_session_id,
        stripe_payment_intent_id, payment_method, billing_name, billing_email, billing_address, held_refund_amount, expires_at,
        created_at, paid_at, refunded_at, updated_at)
      select o.id, o.user_id, ${orderNumber(sql)}, o.status::order_status, b.price, b.discount, 0, b.price - b.discount,
        o.currency, false, cp.id, cp.code, case when cp.id is null then null else 10 end, 'cs_large' || o.n,
        case when o.is_paid then 'pi_large' || o.n end, case when o.is_paid then 'visa 4242' end, o.name, o.email,
        jsonb_build_object('country', (${sql.array(COUNTRIES)}::text[])[1 + o.n % ${COUNTRIES.length}::int]),
        case o.status when 'refunded' then b.price - b.discount when 'partially_refunded' then (b.price - b.discount) / 3 else 0 end,
        o.at + interval '45 minutes', o.at, case when o.is_paid then o.at + interval '2 minutes' end,
        case when o.status = 'refunded' then o.at + interval '5 days' end, o.at
      from placed o
      join (select order_id, sum(price) as price, sum(discount) as discount from bought group by 1) b on b.order_id = o.id
      left join coupons cp on cp.code = 'LARGE' || o.coupon`;
    await sql`
      insert into order_items (id, order_id, course_id, course_slug, title, price_amount, discount_amount, net_amount,
        tax_amount, refunded_amount, position)
      select ${idAt(sql, "item", sql`n || '-' || k`, sql`at`)}, order_id, course_id, slug, title, price, discount,
        price - discount, 0, case when status = 'refunded' then price - discount else 0 end, k
      from bought`;
    await sql`
      insert into order_events (id, order_id, type, created_at)
      select ${idAt(sql, "bounce", sql`n`, sql`at`)}, id, 'failed', at + interval '4 days'
      from placed where status = 'failed' and at < now() - interval '4 days'`;
    await sql`drop table placed, bought`;
    say(`orders: ${to} of ${orders}`);
  }
}

/** `ORD-20260131-7K3M9Q`; the signs are the order's place in the series, mixed, so no two are the same. */
const orderNumber = (sql: Sql) => sql`
  'ORD-' || to_char(o.at at time zone 'UTC', 'YYYYMMDD') || '-' || (
    select string_agg(substr(${ALPHABET}, 1 + ((o.n::bigint * 387420489 % 1073741824) >> (5 * d))::int % 32, 1), '' order by d)
    from generate_series(0, 5) d)`;

async function seedRefunds(sql: Sql): Promise<void> {
  await sql`
    insert into refunds (id, order_id, status, amount, currency, reason, stripe_refund_id, created_at, updated_at)
    select ${idAt(sql, "refund", sql`o.order_number`, sql`o.created_at`)}, o.id, 'succeeded', o.held_refund_amount, o.currency,
      'requested_by_customer', 're_large' || o.order_number, least(o.created_at + interval '5 days', now()), o.created_at
    from orders o where o.held_refund_amount > 0`;
  await sql`
    insert into refund_requests (id, user_id, order_id, state, category, body, created_at)
    select ${idAt(sql, "request", sql`order_number`, sql`created_at`)}, user_id, id, 'open', 'other', 'Please.', created_at
    from orders where status = 'completed' order by created_at desc limit 200`;
  await sql`
    insert into disputes (id, order_id, stripe_dispute_id, state, stripe_status, reason, amount, currency, opened_at, closed_at)
    select ${idAt(sql, "dispute", sql`order_number`, sql`created_at`)}, id, 'dp_large' || order_number, 'lost', 'lost', 'fraudulent',
      total_amount, currency, created_at + interval '20 days', created_at + interval '60 days'
    from orders where status = 'completed' and created_at < now() - interval '90 days' and order_number like '%00'`;
}

async function seedSeats(sql: Sql): Promise<void> {
  await sql`
    insert into enrollments (id, user_id, course_id, order_item_id, status, enrollment_type, progress_percentage, is_completed,
      pinned_version, completed_at, enrolled_at, updated_at)
    select ${idAt(sql, "seat", sql`i.id::text`, sql`o.created_at`)}, o.user_id, i.course_id, i.id, 'active', 'paid',
      done.percent, done.percent = 100, case when done.percent = 100 then 1 end,
      case when done.percent = 100 then least(o.created_at + interval '30 days', now()) end, o.paid_at, o.paid_at
    from (select distinct on (o.user_id, i.course_id) o.user_id, o.created_at, o.paid_at, i.id, i.course_id
      from orders o join order_items i on i.order_id = o.id
      where o.status in ('completed', 'partially_refunded') order by o.user_id, i.course_id, o.created_at) o
    join order_items i on i.id = o.id
    cross join lateral (select least(100, 25 * ${chance(sql, "done", sql`i.id::text`, 6)}) as percent) done`;
}

/** Ticks of the last year's seats, and a quarter of an hour for each. */
async function seedProgress(sql: Sql): Promise<void> {
  await sql`
    insert into lesson_completions (user_id, lesson_id, course_id, completed_at)
    select e.user_id, l.id, e.course_id, least(e.enrolled_at + l.position * interval '2 days', now())
    from enrollments e join lessons l on l.course_id = e.course_id
    where e.enrolled_at > now() - interval '200 days' and l.position * 100 <= e.progress_percentage * ${LESSONS}::int`;
  await sql`
    insert into activity_quarters (user_id, course_id, starts_at, seconds, seen_at)
    select distinct on (user_id, day, course_id) user_id, course_id, day, 600, day
    from (select user_id, course_id, date_trunc('hour', completed_at) as day from lesson_completions) ticks`;
}

async function seedEvents(sql: Sql): Promise<void> {
  await sql`
    insert into stripe_events (id, type, object_id, livemode, payload, status, attempts, created_at, received_at, processed_at)
    select 'evt_large' || order_number, 'checkout.session.completed', stripe_checkout_session_id, false,
      jsonb_build_object('id', 'evt_large' || order_number), 'processed', 1, paid_at, paid_at + interval '1 second',
      paid_at + interval '1.1 seconds'
    from orders where paid_at is not null`;
  await sql`
    insert into emails (id, kind, subject_id, user_id, to_address, payload, status, attempts, created_at, sent_at)
    select ${idAt(sql, "mail", sql`o.order_number`, sql`o.created_at`)}, 'order_confirmation', o.id::text, o.user_id,
      o.billing_email, '{}', 'sent', 1, o.paid_at, o.paid_at
    from orders o where o.paid_at is not null`;
}
