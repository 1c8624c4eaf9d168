"use server";

import type { Route } from "next";
import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { adminAction } from "@/lib/action";
import { createBatch, createCoupon, editCoupon, switchBatch, switchCoupon } from "./mutations";
import {
  createBatchInput,
  createCouponInput,
  editCouponInput,
  switchBatchInput,
  switchCouponInput,
} from "./schema";

export const createCouponAction = adminAction("coupons.edit", createCouponInput, async (staff, input) => {
  const made = await createCoupon(staff.userId, input);
  if (made.ok) redirect(`/admin/coupons/${encodeURIComponent(made.value.code)}` as Route);
  return made;
});

/** Refreshed after a conflict too: the page then shows what the other one saved beside what was typed here. */
export const editCouponAction = adminAction("coupons.edit", editCouponInput, async (staff, input) => {
  const edited = await editCoupon(staff.userId, input);
  if (edited.ok || edited.error === "changed_meanwhile") refresh();
  return edited;
});

export const switchCouponAction = adminAction("coupons.edit", switchCouponInput, async (staff, input) => {
  const switched = await switchCoupon(staff.userId, input);
  refresh();
  return switched;
});

export const createBatchAction = adminAction("coupons.edit", createBatchInput, async (staff, input) => {
  const made = await createBatch(staff.userId, input);
  if (made.ok) redirect(`/admin/coupons?batch=${made.value.batch}` as Route);
  return made;
});

export const switchBatchAction = adminAction("coupons.edit", switchBatchInput, async (staff, input) => {
  const switched = await switchBatch(staff.userId, input);
  refresh();
  return switched;
});
