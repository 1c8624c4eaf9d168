"use server";
import { refresh } from "next/cache";
import { learnerAction } from "@/lib/action";
import { ok } from "@/lib/result";
import { correctInvoice, saveBillingDetails } from "./mutations";
import { billingDetailsInput, correctInvoiceInput } from "./schema";

/** Keeps whom the next invoices are billed to. */
export const saveBillingDetailsAction = learnerAction(billingDetailsInput, async (viewer, details) => {
  await saveBillingDetails(viewer.userId, details);
  refresh();
  return ok();
});

/** Bills an own order to the saved details, by a credit note and a new invoice. */
export const correctInvoiceAction = learnerAction(correctInvoiceInput, async (viewer, { order }) => {
  const corrected = await correctInvoice(viewer.userId, order);
  if (corrected.ok) refresh();
  return corrected;
});
