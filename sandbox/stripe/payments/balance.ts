import type { Core } from "../core";
import type { BalanceTransaction } from "../store/records";

interface Movement {
  /** Signed, in minor units. */
  amount: number;
  currency: string;
  type: "charge" | "payment" | "refund" | "payment_refund" | "refund_failure" | "adjustment";
  source: string;
  description: string | null;
  /** Kept by Stripe, in minor units. */
  fee: number;
  feeDescription?: string;
}

const DAYS_UNTIL_AVAILABLE = 2;
const DAY_SECONDS = 86_400;
const DISPUTE_FEE_MINOR_UNITS = 1500;

const CATEGORIES: Record<Movement["type"], string> = {
  adjustment: "dispute",
  charge: "charge",
  payment: "charge",
  payment_refund: "refund",
  refund: "refund",
  refund_failure: "refund_failure",
};

/** Stripe's standard price: 2.9 % and 30 minor units, rounded up to whole units. */
export function chargeFee(amount: number): number {
  return Math.min(Math.ceil((amount * 29) / 1000) + 30, amount);
}

export const disputeFee = DISPUTE_FEE_MINOR_UNITS;

export function moveBalance(core: Core, movement: Movement): BalanceTransaction {
  const { amount, currency, fee, type } = movement;
  const now = core.clock.seconds();
  const feeDetail = {
    amount: fee,
    application: null,
    currency,
    description: movement.feeDescription ?? "Stripe processing fees",
    type: "stripe_fee",
  };
  return core.store.balanceTransactions.put({
    id: core.ids.make("balance_transaction"),
    object: "balance_transaction",
    amount,
    available_on: now + (amount > 0 ? DAYS_UNTIL_AVAILABLE * DAY_SECONDS : 0),
    balance_type: "payments",
    created: now,
    currency,
    description: movement.description,
    exchange_rate: null,
    fee,
    fee_details: fee === 0 ? [] : [feeDetail],
    net: amount - fee,
    reporting_category: CATEGORIES[type],
    source: movement.source,
    status: amount > 0 ? "pending" : "available",
    type,
  });
}
