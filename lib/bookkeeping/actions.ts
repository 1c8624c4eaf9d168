"use server";

import { refresh } from "next/cache";
import { adminAction } from "@/lib/action";
import { clearAlert, compareNow, repairDifference, retryEvent } from "./mutations";
import { alertInput, compareInput, retryInput } from "./schema";

export const retryEventAction = adminAction("payments.settle", retryInput, async (staff, { event }) => {
  const retried = await retryEvent(staff.userId, event);
  refresh();
  return retried;
});

export const clearAlertAction = adminAction("payments.settle", alertInput, async (staff, { alert }) => {
  const cleared = await clearAlert(staff.userId, alert);
  refresh();
  return cleared;
});

export const repairDifferenceAction = adminAction("payments.settle", alertInput, async (staff, { alert }) => {
  const repaired = await repairDifference(staff.userId, alert);
  refresh();
  return repaired;
});

export const compareNowAction = adminAction("payments.settle", compareInput, async (staff, { hours }) => {
  const compared = await compareNow(staff.userId, hours, new Date());
  refresh();
  return compared;
});
