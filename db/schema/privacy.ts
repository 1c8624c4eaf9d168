import { customType, index, integer, pgEnum, pgTable } from "drizzle-orm/pg-core";
import { createdAt, idOf, instant, primaryId } from "./columns";
import { users } from "./identity";

const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });

export const exportStatus = pgEnum("export_status", ["queued", "ready", "failed"]);

/** Somebody's own data, packed by the worker on request. The archive goes when its day is over. */
export const dataExports = pgTable(
  "data_exports",
  {
    id: primaryId<"data-export">(),
    userId: idOf<"user">()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    status: exportStatus().notNull().default("queued"),
    archive: bytes(),
    attempts: integer().notNull().default(0),
    createdAt: createdAt(),
    nextAttemptAt: instant().notNull().defaultNow(),
    expiresAt: instant(),
  },
  (t) => [index("data_exports_of_user").on(t.userId, t.createdAt.desc())],
);
