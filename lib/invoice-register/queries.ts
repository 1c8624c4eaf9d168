import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { askedBy } from "@/db/asked-by";
import { db } from "@/db/client";
import { creditNotes, documentCounters, invoices } from "@/db/schema/documents";
import { users } from "@/db/schema/identity";
import { orders } from "@/db/schema/orders";
import { creditNoteData, type IssuedDocument, invoiceData } from "@/lib/documents/schema";
import type { UserId } from "@/lib/ids";
import { type Cursor, cutRows, type KeysetPage } from "@/lib/keyset";
import type { Permission } from "@/lib/permissions";
import { readSaleSearch } from "@/lib/sale-search/read-sale-search";
import type { ExportedDocument } from "./export-row";
import type { DocumentKind, RegisterFilter, RegisterRow, RegisterSum } from "./schema";
import { splitByRate } from "./split-by-rate";

export const REGISTER_PAGE = 25;

/**
 * A page of all issued documents, the latest first. Empty for who may not see them. Whoever deleted their account is not named: for
 * the tax office the file and the document itself still do.
 */
export async function listRegister(
  staffId: UserId,
  filter: RegisterFilter,
  cursor: Cursor = {},
  limit = REGISTER_PAGE,
): Promise<KeysetPage<RegisterRow>> {
  const stored = await readDocuments(staffId, "documents.see", filter, cursor, limit + 1);
  if (stored.length === 0 && (cursor.before ?? cursor.after)) return listRegister(staffId, filter, {}, limit);
  const rows = stored.map((one) => {
    const row = rowOf(one);
    return one.erased_as === null
      ? row
      : { ...row, customer: one.erased_as, company: null, country: null, vatId: null };
  });
  return cutRows(rows, limit, cursor, ({ number }) => number);
}

/** All documents of a filter with their rates, the latest first; `batch` at a time, so that memory does not grow with the shop. */
export async function* exportRegister(
  staffId: UserId,
  filter: RegisterFilter,
  batch = 500,
): AsyncGenerator<readonly ExportedDocument[]> {
  let cursor: Cursor = {};
  for (;;) {
    const stored = await readDocuments(staffId, "documents.export", filter, cursor, batch);
    if (stored.length > 0) yield stored.map((one) => ({ ...rowOf(one), parts: splitByRate(parse(one)) }));
    const last = stored.at(-1);
    if (!last || stored.length < batch) return;
    cursor = { before: last.number };
  }
}

/** What the documents of a filter add up to, by currency. Only for days: see `isSummed`. */
export async function sumRegister(staffId: UserId, filter: RegisterFilter): Promise<RegisterSum[]> {
  const from = await shelvesOf(filter, {}, null);
  if (!from) return [];
  const sums = await db().execute<
    Record<"documents" | "tax" | "total", string> & { currency: string; is_test: boolean }
  >(sql`
    ${from.head}
    select currency, is_test, count(*) as documents, sum(tax_amount) as tax, sum(total_amount) as total
    from (${from.documents}) as document
    where ${askedBy(staffId, "documents.see")}
    group by currency, is_test
    order by is_test, currency`);
  return sums.map((row) => {
    const [documents, taxAmount, totalAmount] = [row.documents, row.tax, row.total].map(Number) as [
      number,
      number,
      number,
    ];
    const { currency, is_test: isTest } = row;
    return { currency, isTest, documents, netAmount: totalAmount - taxAmount, taxAmount, totalAmount };
  });
}

type Stored = {
  readonly table_kind: IssuedDocument["kind"];
  readonly kind: DocumentKind;
  readonly number: string;
  readonly issued_on: string;
  readonly order_number: string;
  readonly total_amount: number;
  readonly tax_amount: number;
  readonly currency: string;
  readonly is_test: boolean;
  readonly data: unknown;
  /** What an erased account is called; null for one that is there. */
  readonly erased_as: string | null;
};

const parse = ({ table_kind: kind, data }: Stored) =>
  kind === "invoice"
    ? ({ kind, data: invoiceData.parse(data) } as const)
    : ({ kind, data: creditNoteData.parse(data) } as const);

function rowOf(stored: Stored): RegisterRow {
  const { kind, data } = parse(stored);
  const { name, company, address, vatId } = data.buyer;
  return {
    number: stored.number,
    issuedOn: stored.issued_on,
    kind: stored.kind,
    amends: kind === "invoice" ? data.replaces : data.invoice.number,
    orderNumber: stored.order_number,
    customer: name,
    company,
    country: address?.country?.toUpperCase() ?? null,
    vatId,
    netAmount: stored.total_amount - stored.tax_amount,
    taxAmount: stored.tax_amount,
    totalAmount: stored.total_amount,
    currency: stored.currency,
    isTest: stored.is_test,
  };
}

/** Nearest to the cursor first: `after` goes up the list, everything else down. */
async function readDocuments(
  staffId: UserId,
  permission: Permission,
  filter: RegisterFilter,
  cursor: Cursor,
  limit: number,
): Promise<readonly Stored[]> {
  const from = await shelvesOf(filter, cursor, limit);
  if (!from) return [];
  const way = cursor.after === undefined ? sql`desc` : sql`asc`;
  return db().execute<Stored>(sql`
    ${from.head}
    select document.*, to_char(document.issued_at at time zone 'UTC', 'YYYY-MM-DD') as issued_on,
      ${orders.orderNumber} as order_number, case when ${users.erasedAt} is not null then ${users.name} end as erased_as
    from (
      select * from (${from.documents}) as each_shelf
      order by issued_at ${way}, sequence ${way}, series ${way}
      limit ${limit}
    ) as document
    join ${orders} on ${orders.id} = document.order_id
    join ${users} on ${users.id} = ${orders.userId}
    where ${askedBy(staffId, permission)}
    order by document.issued_at ${way}, document.sequence ${way}, document.series ${way}`);
}

type Table = {
  readonly kind: IssuedDocument["kind"];
  readonly table: typeof invoices | typeof creditNotes;
  /** The series that it is numbered in, with or without `TEST-` before. */
  readonly prefix: "INV" | "CN";
  readonly isCorrection: SQL;
  readonly sign: SQL;
};

const TABLES: readonly Table[] = [
  {
    kind: "invoice",
    table: invoices,
    prefix: "INV",
    isCorrection: sql`replaces_id is not null`,
    sign: sql`1`,
  },
  {
    kind: "credit_note",
    table: creditNotes,
    prefix: "CN",
    isCorrection: sql`refund_id is null`,
    sign: sql`-1`,
  },
];

type Shelves = {
  /** Comes first in the statement. */
  readonly head: SQL;
  /** The filter's documents beyond the cursor: of each series at most `limit`, those nearest to the cursor. */
  readonly documents: SQL;
};

/**
 * The documents of a filter, series by series. In a series numbers have no gap and dates only rise (decision 0020), so the unique index
 * over series and number serves the order by date as well, and none on dates is kept, which every sale would pay for. Null when
 * the search fits nothing.
 */
async function shelvesOf(
  filter: RegisterFilter,
  cursor: Cursor,
  limit: number | null,
): Promise<Shelves | null> {
  const searched = searchCondition(filter.q);
  if (searched === "nothing") return null;
  const tables = TABLES.filter(
    ({ kind }) => !filter.kind || filter.kind === "correction" || filter.kind === kind,
  );
  const number = cursor.after ?? cursor.before;
  const place = number === undefined ? null : await findPlace(number);
  if (number !== undefined && !place) return null;
  const found = tables.map(
    ({ table, prefix }) =>
      sql`, ${foundIn(prefix)} as materialized (select * from ${table} where ${searched})`,
  );
  return {
    head: sql`with recursive nothing as (select 1)${searched ? sql.join(found) : sql``}`,
    documents: sql.join(
      tables.map(
        (one) => sql`(${shelf(one, filter, cursor, place, searched ? foundIn(one.prefix) : null, limit)})`,
      ),
      sql` union all `,
    ),
  };
}

const foundIn = (prefix: Table["prefix"]) => sql.identifier(`found_${prefix.toLowerCase()}`);

type Place = { readonly issued_at: string; readonly sequence: number; readonly series: string };

/** Where a document stands, exact to the microsecond. */
async function findPlace(number: string): Promise<Place | null> {
  const placed = (table: Table["table"]) =>
    sql`select issued_at::text, sequence, series from ${table} where number = ${number}`;
  const [place] = await db().execute<Place>(sql`${placed(invoices)} union all ${placed(creditNotes)}`);
  return place ?? null;
}

/** One table's part of the shelves; `source` in the place of the table when a search has found rows of it before. */
function shelf(
  { kind, table, prefix, isCorrection, sign }: Table,
  { kind: asked, from, to }: RegisterFilter,
  cursor: Cursor,
  place: Place | null,
  source: SQL | ReturnType<typeof sql.identifier> | null,
  limit: number | null,
): SQL {
  const isUp = cursor.after !== undefined;
  const there = place
    ? sql`(${place.issued_at}::timestamptz, ${place.sequence}::integer, ${place.series}::text)`
    : null;
  const here = sql`(issued_at, sequence, series)`;
  const isTooEarly = [
    from ? sql`issued_at < ${from}::timestamp at time zone 'UTC'` : null,
    there && isUp ? sql`${here} <= ${there}` : null,
  ].filter((condition) => condition !== null);
  const isEarlyEnough = [
    to ? sql`issued_at < (${to}::timestamp + interval '1 day') at time zone 'UTC'` : null,
    there && !isUp ? sql`${here} < ${there}` : null,
  ].filter((condition) => condition !== null);
  const skipped = isTooEarly.length > 0 ? countWhile(table, sql.join(isTooEarly, sql` or `)) : sql`0`;
  const last =
    isEarlyEnough.length > 0
      ? countWhile(table, sql.join(isEarlyEnough, sql` and `))
      : sql`counter.last_number`;
  const ofKind =
    asked === undefined
      ? sql``
      : asked === "correction"
        ? sql`and ${isCorrection}`
        : sql`and not (${isCorrection})`;
  return sql`
    select ${kind} as table_kind, case when ${isCorrection} then 'correction' else ${kind} end as kind,
      number, order_id, currency, ${sign} * total_amount as total_amount, ${sign} * (data ->> 'taxAmount')::integer as tax_amount,
      series like 'TEST-%' as is_test, data, issued_at, sequence, series
    from (select series as name, ${skipped} as skipped, ${last} as last from ${documentCounters} as counter
      where series ~ ${`^(TEST-)?${prefix}-`}) as part
    cross join lateral (
      select * from ${source ?? table} as document
      where series = part.name and sequence > part.skipped and sequence <= part.last ${ofKind}
      ${limit === null ? sql`` : sql`order by sequence ${isUp ? sql`asc` : sql`desc`} limit ${limit}`}
    ) as document`;
}

/**
 * How many documents of the series `counter` come before the first for which `condition` is false; it must stay false from there on.
 * Found by halving: twenty looks into the index for a million documents.
 */
const countWhile = (table: Table["table"], condition: SQL): SQL => sql`(
  with recursive half (low, high) as (
    select 0, counter.last_number
    union all
    select case when holds then middle else low end, case when holds then high else middle - 1 end
    from (select low, high, (low + high + 1) / 2 as middle from half where low < high) as halved
    cross join lateral (
      select coalesce((select ${condition} from ${table} as probe
        where probe.series = counter.series and probe.sequence = middle), false) as holds
    ) as probed
  )
  select max(low) from half)`;

/** Searched are numbers and the account's address, which have an index and end with the account: nobody is found by what old papers say. */
function searchCondition(typed: string): SQL | undefined | "nothing" {
  const search = readSaleSearch(typed);
  if (!search) return undefined;
  if (search.by === "document") return sql`number = ${search.number}`;
  if (search.by === "number")
    return sql`order_id in (select id from ${orders} where order_number = ${search.begins})`;
  if (search.by !== "words") return "nothing";
  const begins = `${search.text.replace(/[\\%_]/g, "\\$&")}%`;
  return sql`order_id in (
    select id from ${orders} where user_id in (select id from ${users} where email like ${begins} limit 500))`;
}
