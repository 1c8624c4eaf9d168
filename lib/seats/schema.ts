import { z } from "zod";
import { calendarDay } from "@/lib/calendar-day";
import type { EnrollmentId } from "@/lib/ids";

export const SEAT_STATES = ["active", "completed", "suspended", "expired", "refunded", "revoked"] as const;
export type SeatState = (typeof SEAT_STATES)[number];
export const SEAT_TYPES = ["paid", "free", "gifted"] as const;
export type SeatType = (typeof SEAT_TYPES)[number];

/** As accounts have it: NFKC, lower case. */
export const address = z
  .string()
  .max(320)
  .transform((typed) => typed.trim().normalize("NFKC").toLowerCase())
  .pipe(z.email("Enter an e-mail address."));

const courseSlug = (otherwise: string) =>
  z
    .string()
    .trim()
    .max(80)
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, otherwise);

/** As somebody writes it into a file or an address. */
export const courseName = courseSlug("Name the course as its address does, such as python-first-steps.");

export const grantType = z.enum(["free", "gifted"], "Free or gifted.");

const DAY = 86_400_000;

/** The last day of access as `2027-01-31`, or nothing for no end; answers the moment when that day is over in UTC. */
export const lastDay = z
  .string()
  .trim()
  .transform((typed, context) => {
    if (typed === "") return null;
    const day = calendarDay.safeParse(typed);
    if (!day.success) {
      const message =
        "Enter a day such as 2027-01-31, at the latest 2100-12-31, or nothing for access without an end.";
      context.addIssue({ code: "custom", message });
      return z.NEVER;
    }
    return new Date(new Date(`${day.data}T00:00:00Z`).getTime() + DAY);
  });

/** The last day before the moment in which access ends, as `lastDay` reads one; null for a moment that no day chose. */
export const lastDayBefore = (end: Date): string | null =>
  end.getTime() % DAY === 0 ? new Date(end.getTime() - DAY).toISOString().slice(0, 10) : null;

const reason = z.string().trim().min(3, "Say why, in a few words.").max(500, "At most 500 characters.");
const seat = z.uuid().transform((id) => id as EnrollmentId);

export const grantInput = z.object({
  email: address,
  course: courseSlug("Choose a course."),
  type: grantType,
  until: lastDay,
  reason: z.string().trim().max(500, "At most 500 characters."),
});

export const extendInput = z.object({
  seat,
  /** When the seat ended as the page showed it, so that two do not extend it twice. */
  seen: z.iso.datetime(),
  until: lastDay,
});

export const revokeInput = z.object({ seat, reason });

/** Of the certificate that was earned in a seat. */
export const withdrawInput = z.object({ seat, reason });

export const importInput = z.object({
  csv: z.string().min(1, "Paste the rows or choose a file.").max(400_000, "At most 400,000 characters."),
  /** Anything but "no" only tries: nobody gets a seat by a field that was left out. */
  dryRun: z.string().transform((word) => word !== "no"),
});

export type GrantRejection = "unknown_learner" | "unknown_course" | "has_seat" | "ends_in_the_past";
export type ExtendRejection =
  | "unknown_seat"
  | "not_active"
  | "changed_meanwhile"
  | "not_later"
  | "has_no_end";
export type RevokeRejection = "unknown_seat" | "not_active";
export type WithdrawRejection = "unknown_seat" | "no_certificate";
export type ImportRejection = "unreadable" | "no_rows" | "too_many_rows" | "missing_columns";
