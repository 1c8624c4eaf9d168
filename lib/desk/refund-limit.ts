import { currencyExponent } from "@/lib/money";
import type { RefundStatus } from "@/lib/refunds/match-refunds";
import type { RefundCode } from "@/lib/refunds/schema";

/** How many units of a currency one refund may give back before the password is asked for again. */
export const REFUND_WITHOUT_PASSWORD = 100;

export type RefundedSale = {
  readonly amount: number;
  readonly currency: string;
  readonly status: RefundStatus;
};

export type SaleRefundRejection = RefundCode | "wrong_password" | "throttled";

/** Whether a refund of so much (minor units) asks for the password again. A signed-in browser left alone gives back little. */
export function needsPassword(amount: number, currency: string): boolean {
  return amount > REFUND_WITHOUT_PASSWORD * 10 ** currencyExponent(currency);
}
