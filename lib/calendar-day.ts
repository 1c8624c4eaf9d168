import { z } from "zod";

/**
 * A day as fields of a form and addresses write it, `2026-11-30`. Between these two the day before, the day after and their
 * moments in every zone are written with four digits of a year, by JavaScript and by Postgres.
 */
export const calendarDay = z.iso.date().refine((day) => day >= "2000-01-01" && day <= "2100-12-31");
