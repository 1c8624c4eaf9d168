import { sql } from "drizzle-orm";
import { check, integer, pgEnum, pgTable, primaryKey } from "drizzle-orm/pg-core";
import { courses } from "./catalog";
import { idOf, instant } from "./columns";

/** What happens before an order exists; from then on the orders themselves are counted. */
export const countedStep = pgEnum("counted_step", ["viewed", "carted"]);

/**
 * How often a course was looked at and put into a cart, by quarters of an hour, so that every time zone's days are made of whole
 * ones. Numbers only: nothing in it is about anybody.
 */
export const stepCounts = pgTable(
  "step_counts",
  {
    startsAt: instant().notNull(),
    step: countedStep().notNull(),
    courseId: idOf<"course">()
      .notNull()
      .references(() => courses.id, { onDelete: "cascade" }),
    times: integer().notNull(),
  },
  (t) => [
    primaryKey({ name: "step_counts_pkey", columns: [t.startsAt, t.step, t.courseId] }),
    check("step_counts_times", sql`${t.times} > 0`),
  ],
);
