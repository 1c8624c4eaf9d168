import "server-only";
import { and, eq, exists, ilike, inArray, isNull, like, or, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { db } from "@/db/client";
import { courses } from "@/db/schema/catalog";
import { billedVatId, billedWords, invoices } from "@/db/schema/documents";
import { gifts } from "@/db/schema/gifts";
import { users } from "@/db/schema/identity";
import { orderItems, orders } from "@/db/schema/orders";
import { idArray } from "@/db/statement";
import type { CourseId } from "@/lib/ids";
import { nameWords } from "@/lib/people/name-words";
import { normaliseVatId } from "@/lib/vat-id";
import { readNumberEnding } from "./read-sale-search";

const escapeLike = (text: string) => text.replace(/[\\%_]/g, "\\$&");

/** Courses of whose title this is a part. */
export async function listCoursesTitled(part: string): Promise<CourseId[]> {
  const found = await db()
    .select({ id: courses.id })
    .from(courses)
    .where(ilike(courses.title, `%${escapeLike(part)}%`));
  return found.map(({ id }) => id);
}

/** In SQL: orders in which one of these courses was bought. */
export function hasOneOf(courseIds: readonly CourseId[]): SQL {
  const item = db()
    .select({ one: sql`1` })
    .from(orderItems)
    .where(
      and(
        eq(orderItems.orderId, orders.id),
        sql`${orderItems.courseId} = any(${idArray(courseIds)}::uuid[])`,
      ),
    );
  return exists(item);
}

/** So many are named one by one; more than that stand on every page of the list. */
const FEW = 500;

/** In SQL: asked of one row after the other. Its limit keeps the planner from reading a whole table first. */
const holds = (isOne: { getSQL(): SQL }): SQL => sql`coalesce(${isOne}, false)`;

/** Of few, an index leads to their orders. Of many, the list is read in its order until its page is full. */
function fewOrMany(
  rows: readonly { readonly id: string }[],
  column: PgColumn,
  isOne: { getSQL(): SQL },
): SQL | undefined {
  if (rows.length === 0) return undefined;
  const ids = rows.map(({ id }) => id);
  return rows.length <= FEW ? inArray(column, ids) : holds(isOne);
}

/**
 * True for orders of people of that name or address, billed to that name, company or VAT id, of a course of that title, given to
 * that address, or with that end of their number; "nothing" where there is none. `text` is in small letters.
 */
export async function wordsCondition(text: string): Promise<SQL | "nothing"> {
  const words = text.includes("@") ? "" : nameWords(text);
  const [titled, ...others] = await Promise.all([
    listCoursesTitled(text),
    findBuyers(text, words),
    findBilled(text, words),
    findKnown(text),
  ]);
  const found = or(...others);
  if (titled.length === 0) return found ?? "nothing";
  return found ? (or(found, await findSold(titled)) ?? found) : hasOneOf(titled);
}

async function findBuyers(text: string, words: string): Promise<SQL | undefined> {
  const isOne = or(
    like(users.email, `${escapeLike(text)}%`),
    // As the index is written, so that it serves.
    words ? sql`to_tsvector('simple', ${users.name}) @@ to_tsquery('simple', ${words})` : undefined,
  );
  const few = db()
    .select({ id: users.id })
    .from(users)
    .where(isOne)
    .limit(FEW + 1);
  const one = db()
    .select({ is: sql`true` })
    .from(users)
    .where(and(eq(users.id, orders.userId), isOne))
    .limit(1);
  return fewOrMany(await few, orders.userId, one);
}

/** By what any of their invoices says. Whoever erased their account is found by numbers only. */
async function findBilled(text: string, words: string): Promise<SQL | undefined> {
  if (!words) return undefined;
  const isThere = holds(
    db()
      .select({ is: sql`true` })
      .from(orders)
      .innerJoin(users, and(eq(users.id, orders.userId), isNull(users.erasedAt)))
      .where(eq(orders.id, invoices.orderId))
      .limit(1),
  );
  const says = or(
    sql`${billedWords(invoices.data)} @@ to_tsquery('simple', ${words})`,
    /\d/.test(text)
      ? inArray(billedVatId(invoices.data), [text.toUpperCase(), normaliseVatId(text)])
      : undefined,
  );
  const few = db()
    .select({ id: invoices.orderId })
    .from(invoices)
    .where(and(says, isThere))
    .limit(FEW + 1);
  const one = db()
    .select({ is: sql`true` })
    .from(invoices)
    .where(and(eq(invoices.orderId, orders.id), says, isThere))
    .limit(1);
  return fewOrMany(await few, orders.id, one);
}

async function findSold(courseIds: readonly CourseId[]): Promise<SQL | undefined> {
  const isOne = sql`${orderItems.courseId} = any(${idArray(courseIds)}::uuid[])`;
  const few = db()
    .select({ id: orderItems.orderId })
    .from(orderItems)
    .where(isOne)
    // By its index, also of courses that sell well.
    .orderBy(orderItems.courseId)
    .limit(FEW + 1);
  const one = db()
    .select({ is: sql`true` })
    .from(orderItems)
    .where(and(eq(orderItems.orderId, orders.id), isOne))
    .limit(1);
  return fewOrMany(await few, orders.id, one);
}

/** By the end of the number, or the whole address that something in them is given to. */
async function findKnown(text: string): Promise<SQL | undefined> {
  const ending = readNumberEnding(text);
  const [ended, given] = await Promise.all([
    ending
      ? db()
          .select({ id: orders.id })
          .from(orders)
          .where(eq(sql`right(${orders.orderNumber}, 6)`, ending))
      : [],
    text.includes("@")
      ? db().select({ id: gifts.orderId }).from(gifts).where(eq(gifts.recipientEmail, text)).limit(FEW)
      : [],
  ]);
  const ids = [...ended, ...given].map(({ id }) => id);
  return ids.length > 0 ? inArray(orders.id, ids) : undefined;
}
