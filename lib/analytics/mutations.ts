import "server-only";
import { sql } from "drizzle-orm";
import { db, withTransaction } from "@/db/client";
import { recordAudit } from "@/lib/audit/mutations";
import type { UserId } from "@/lib/ids";
import { type StepCount, takeStepCounts } from "./count-steps";

/** Notes who took the numbers out of the shop, and which. */
export async function recordReportExport(actorId: UserId, report: string): Promise<void> {
  await withTransaction((tx) =>
    recordAudit(tx, {
      actorId,
      action: "analytics.exported",
      subject: { type: "list", id: "analytics", label: "Analytics" },
      detail: { after: { report } },
    }),
  );
}

/** Adds up what processes counted; courses that are not there are left out. */
export async function writeStepCounts(
  counts: readonly (StepCount & { readonly startsAt: Date })[],
): Promise<void> {
  if (counts.length === 0) return;
  const rows = counts.map(
    ({ startsAt, step, slug, times }) => [startsAt.toISOString(), step, slug, times] as const,
  );
  await db().execute(sql`
    insert into step_counts (starts_at, step, course_id, times)
    select r.starts_at::timestamptz, r.step::counted_step, c.id, r.times
    from jsonb_to_recordset(${JSON.stringify(rows.map(([starts_at, step, slug, times]) => ({ starts_at, step, slug, times })))}::jsonb)
      as r(starts_at text, step text, slug text, times int)
    join courses c on c.slug = r.slug order by c.id, r.starts_at, r.step
    on conflict on constraint step_counts_pkey do update set times = step_counts.times + excluded.times`);
}

/** Writes what this process counted so far. What fails to be written is lost: numbers for orientation, not books. */
export async function keepStepCounts(): Promise<void> {
  await writeStepCounts(takeStepCounts());
}
