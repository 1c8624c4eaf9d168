import { customType, integer, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { type Id, newId } from "../../lib/ids";
import type { Minor } from "../../lib/money";

/** Primary key: a UUIDv7 made by the application. */
export const primaryId = <Kind extends string>() =>
  uuid()
    .$type<Id<Kind>>()
    .primaryKey()
    .$defaultFn(() => newId<Kind>());

/** A column that names a row of `Kind`; add `.references()` for the foreign key. */
export const idOf = <Kind extends string>() => uuid().$type<Id<Kind>>();

/** An amount in the currency's minor unit; its row has a `currency` beside it. */
export const money = () => integer().$type<Minor>();

/** Three-letter ISO code, lower case as Stripe writes it. */
export const currency = () => text();

/** An instant, to the microsecond, always with its zone. */
export const instant = () => timestamp({ withTimezone: true, mode: "date" });

export const createdAt = () => instant().notNull().defaultNow();
export const updatedAt = () =>
  instant()
    .notNull()
    .defaultNow()
    .$onUpdate(() => new Date());

/** Postgres' full-text document; written by the database only. */
export const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });

/** Bytes as they are. */
export const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });
