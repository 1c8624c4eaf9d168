"use server";

import type { Route } from "next";
import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { adminAction } from "@/lib/action";
import { extendSeat, grantSeat, importSeats, revokeSeat, withdrawCertificate } from "./mutations";
import { extendInput, grantInput, importInput, revokeInput, withdrawInput } from "./schema";

export const grantSeatAction = adminAction("seats.grant", grantInput, async (staff, input) => {
  const granted = await grantSeat(staff.userId, input);
  if (granted.ok) redirect(`/admin/enrollments/${granted.value.seat}` as Route);
  return granted;
});

export const importSeatsAction = adminAction("seats.grant", importInput, async (staff, input) => {
  const imported = await importSeats(staff.userId, input);
  return imported.ok ? { ok: true, value: { rows: imported.value, dryRun: input.dryRun } } : imported;
});

export const extendSeatAction = adminAction("seats.change", extendInput, async (staff, input) => {
  const extended = await extendSeat(staff.userId, { ...input, seen: new Date(input.seen) });
  refresh();
  return extended;
});

export const revokeSeatAction = adminAction("seats.change", revokeInput, async (staff, input) => {
  const revoked = await revokeSeat(staff.userId, input);
  refresh();
  return revoked;
});

export const withdrawCertificateAction = adminAction("seats.change", withdrawInput, async (staff, input) => {
  const withdrawn = await withdrawCertificate(staff.userId, input);
  refresh();
  return withdrawn;
});
