import { sql } from "drizzle-orm";
import { check, index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { courses } from "./catalog";
import { createdAt, idOf, instant, primaryId } from "./columns";
import { users } from "./identity";
import { enrollments } from "./learning";

/**
 * A certificate as it was signed; nothing of it is read from elsewhere afterwards. One for each enrollment, so it ends with
 * the enrollment's refund and comes back should that refund fail.
 */
export const certificates = pgTable(
  "certificates",
  {
    id: primaryId<"certificate">(),
    /** 130 random bits in Crockford's base32: the only way to its public page. */
    publicId: text().notNull().unique("certificates_public_id_unique"),
    userId: idOf<"user">()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    courseId: idOf<"course">()
      .notNull()
      .references(() => courses.id),
    enrollmentId: idOf<"enrollment">()
      .notNull()
      .unique("certificates_enrollment_id_unique")
      .references(() => enrollments.id, { onDelete: "cascade" }),
    /** An Open Badges 3.0 credential with its proof. */
    credential: jsonb().$type<Readonly<Record<string, unknown>>>().notNull(),
    issuedAt: createdAt(),
    revokedAt: instant(),
    revokedReason: text(),
  },
  (t) => [
    check("certificates_public_id", sql`${t.publicId} ~ '^[0-9A-HJKMNP-TV-Z]{26}$'`),
    check("certificates_revoked", sql`(${t.revokedAt} is null) = (${t.revokedReason} is null)`),
    index("certificates_of_user").on(t.userId, t.courseId),
  ],
);
