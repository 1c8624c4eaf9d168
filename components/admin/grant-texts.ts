import type { CommonRejection } from "@/lib/action";
import type { GrantRejection } from "@/lib/seats/schema";
import { commonTexts } from "./common-texts";

export const grantTexts = {
  ...commonTexts,
  unknown_learner: "Nobody has an account with this address. Ask them to sign up first.",
  unknown_course: "There is no such course, or it is still a draft.",
  has_seat: "They have a seat in this course already.",
  ends_in_the_past: "The last day is over already.",
} satisfies Record<GrantRejection | CommonRejection, string>;
