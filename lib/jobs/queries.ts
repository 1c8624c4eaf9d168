import "server-only";
import { sql } from "drizzle-orm";
import { db, sqlState } from "@/db/client";

/** The job that runs every minute while a worker lives; what it leaves in the schedule's tables is the worker's pulse. */
export const PULSE_JOB = "expire-stale-orders";

const UNDEFINED_TABLE = "42P01";

/** When a worker last finished its job of the minute, by the database's clock; null when none ever did. */
export async function findLastPulse(): Promise<Date | null> {
  try {
    const rows = await db().execute<{ at: string | null }>(
      sql`select max(completed_on) as at from jobs.job where name = ${PULSE_JOB} and state = 'completed'`,
    );
    const at = rows[0]?.at;
    return at ? new Date(at) : null;
  } catch (error) {
    if (sqlState(error) === UNDEFINED_TABLE) return null;
    throw error;
  }
}
