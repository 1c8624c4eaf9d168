import "server-only";
import { and, desc, eq, isNotNull, like, ne, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { askedBy } from "@/db/asked-by";
import { db } from "@/db/client";
import { beyondRow, inDirection } from "@/db/keyset";
import { courses } from "@/db/schema/catalog";
import { linkedAccounts, totpSecrets, users } from "@/db/schema/identity";
import { enrollments } from "@/db/schema/learning";
import { emails } from "@/db/schema/notifications";
import { orders } from "@/db/schema/orders";
import { type Change, listChangesOf } from "@/lib/audit/queries";
import { type DisputeStanding, withStandings } from "@/lib/disputes/queries";
import type { EnrollmentId, UserId } from "@/lib/ids";
import { type Cursor, cutRows, type KeysetPage } from "@/lib/keyset";
import { listOrders, type OrderRow } from "@/lib/orders/queries";
import { type DataExport, findExport } from "@/lib/privacy/queries";
import { seatState } from "@/lib/seats/queries";
import type { SeatState } from "@/lib/seats/schema";
import { type ListedSession, listSessions } from "@/lib/settings/queries";
import { nameWords } from "./name-words";
import type { PersonFilter } from "./read-person-filter";
import type { Role } from "./roles";
import type { PersonState } from "./schema";

const people = alias(users, "people");

/** The one definition of an account's state. */
const personState = sql<PersonState>`case
  when ${people.erasedAt} is not null then 'erased'
  when ${people.blockedAt} is not null then 'blocked'
  when ${people.deletionDueAt} is not null then 'leaving'
  when ${people.emailVerifiedAt} is null then 'unverified'
  else 'active' end`;

const rowColumns = {
  id: people.id,
  name: people.name,
  email: people.email,
  role: people.role,
  state: personState,
  joinedAt: people.createdAt,
};

export type PersonRow = {
  readonly id: UserId;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly state: PersonState;
  readonly joinedAt: Date;
};

export const PEOPLE_PER_PAGE = 25;

/** A page of accounts, the newest first; empty for who may not see them. */
export async function listPeople(
  staffId: UserId,
  filter: PersonFilter,
  cursor: Cursor = {},
  limit = PEOPLE_PER_PAGE,
): Promise<KeysetPage<PersonRow>> {
  const keys = [people.createdAt, people.id] as const;
  const far = beyondRow(
    cursor,
    keys,
    "desc",
    (id) => sql`select created_at, id from users where id = ${id}::uuid`,
  );
  const rows = await db()
    .select(rowColumns)
    .from(people)
    .where(and(askedBy(staffId, "users.see"), ...matches(filter), far))
    .orderBy(...inDirection(cursor, keys))
    .limit(limit + 1);
  if (rows.length === 0 && (cursor.before ?? cursor.after)) return listPeople(staffId, filter, {}, limit);
  return cutRows(rows, limit, cursor, (row) => row.id);
}

function matches({ q, role, state }: PersonFilter): (SQL | undefined)[] {
  return [
    q === "" ? undefined : searched(q),
    role ? eq(people.role, role) : undefined,
    // The condition of the index of those few, said once more for the planner.
    role && role !== "learner" ? ne(people.role, "learner") : undefined,
    state === "blocked" ? isNotNull(people.blockedAt) : undefined,
    state ? eq(personState, state) : undefined,
  ];
}

function searched(typed: string): SQL {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(typed)) return eq(people.id, typed as UserId);
  if (/^cus_\w+$/.test(typed)) return eq(people.stripeCustomerId, typed);
  const begins = like(people.email, `${typed.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`);
  const words = typed.includes("@") ? "" : nameWords(typed);
  if (!words) return begins;
  // As the index is written, so that it serves.
  return or(begins, sql`to_tsvector('simple', ${people.name}) @@ to_tsquery('simple', ${words})`) ?? begins;
}

export type PersonSeat = {
  readonly id: EnrollmentId;
  readonly title: string;
  readonly state: SeatState;
  readonly progress: number;
  readonly enrolledAt: Date;
};

export type PersonMail = {
  readonly id: string;
  readonly kind: string;
  readonly status: "queued" | "sent" | "failed";
  readonly lastError: string | null;
  readonly at: Date;
};

export type Person = PersonRow & {
  readonly emailVerifiedAt: Date | null;
  readonly blockedAt: Date | null;
  readonly blockedReason: string | null;
  readonly deletionDueAt: Date | null;
  readonly erasedAt: Date | null;
  readonly stripeCustomerId: string | null;
  readonly hasTwoSteps: boolean;
  readonly linked: readonly string[];
  readonly orders: readonly (OrderRow & { readonly dispute: DisputeStanding | null })[];
  readonly orderCount: number;
  readonly seats: readonly PersonSeat[];
  readonly sessions: readonly ListedSession[];
  readonly mails: readonly PersonMail[];
  readonly changes: readonly Change[];
  readonly export: DataExport | null;
};

/** How many rows of each kind the page shows; the lists have the rest. */
const SHOWN = 20;

export async function findPerson(staffId: UserId, id: string): Promise<Person | null> {
  const userId = id as UserId;
  const [found] = await db()
    .select({
      ...rowColumns,
      emailVerifiedAt: people.emailVerifiedAt,
      blockedAt: people.blockedAt,
      blockedReason: people.blockedReason,
      deletionDueAt: people.deletionDueAt,
      erasedAt: people.erasedAt,
      stripeCustomerId: people.stripeCustomerId,
      hasTwoSteps: sql<boolean>`exists (${db()
        .select({ one: sql`1` })
        .from(totpSecrets)
        .where(and(eq(totpSecrets.userId, people.id), isNotNull(totpSecrets.confirmedAt)))})`,
      linked: sql<string[]>`array(${db()
        .select({ provider: linkedAccounts.provider })
        .from(linkedAccounts)
        .where(eq(linkedAccounts.userId, people.id))
        .orderBy(linkedAccounts.provider)})`,
      orderCount: sql<number>`(${db()
        .select({ count: sql`count(*)::int` })
        .from(orders)
        .where(eq(orders.userId, people.id))})`,
    })
    .from(people)
    .where(and(eq(people.id, userId), askedBy(staffId, "users.see")));
  if (!found) return null;
  const [bought, seats, sessions, mails, changes, copy] = await Promise.all([
    listOrders(userId, {}, {}, SHOWN),
    listSeats(userId),
    listSessions(userId),
    listMails(userId),
    listChangesOf({ type: "user", id: userId }, SHOWN),
    findExport(userId),
  ]);
  return {
    ...found,
    orders: await withStandings(bought.orders),
    seats,
    sessions,
    mails,
    changes,
    export: copy,
  };
}

function listSeats(userId: UserId): Promise<PersonSeat[]> {
  return db()
    .select({
      id: enrollments.id,
      title: courses.title,
      state: seatState,
      progress: enrollments.progressPercentage,
      enrolledAt: enrollments.enrolledAt,
    })
    .from(enrollments)
    .innerJoin(courses, eq(courses.id, enrollments.courseId))
    .where(eq(enrollments.userId, userId))
    .orderBy(desc(enrollments.enrolledAt))
    .limit(SHOWN);
}

/** Without what they say: a mail may hold a link that opens the account. */
function listMails(userId: UserId): Promise<PersonMail[]> {
  return db()
    .select({
      id: sql<string>`${emails.id}`,
      kind: emails.kind,
      status: emails.status,
      lastError: emails.lastError,
      at: emails.createdAt,
    })
    .from(emails)
    .where(eq(emails.userId, userId))
    .orderBy(desc(emails.createdAt))
    .limit(SHOWN);
}
