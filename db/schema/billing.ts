import { pgTable, text } from "drizzle-orm/pg-core";
import { idOf, updatedAt } from "./columns";
import { users } from "./identity";

/** Who a learner's next invoices are billed to; without a row, whom the payment page asked for. */
export const billingDetails = pgTable("billing_details", {
  userId: idOf<"user">()
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  name: text().notNull(),
  company: text(),
  line1: text().notNull(),
  line2: text(),
  city: text().notNull(),
  state: text(),
  postalCode: text(),
  /** Two capital letters. */
  country: text().notNull(),
  /** Normalised; its form was checked, not whether it was ever given to anybody. */
  vatId: text(),
  updatedAt: updatedAt(),
});
