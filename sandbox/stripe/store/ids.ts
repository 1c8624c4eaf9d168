import { randomBytes } from "node:crypto";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** What each kind of id starts with, and how many random characters follow. */
const KINDS = {
  account: ["acct_1", 15],
  balance_transaction: ["txn_3", 23],
  bank_charge: ["py_3", 23],
  charge: ["ch_3", 23],
  checkout_session: ["cs_test_a1", 58],
  client_secret: ["secret_", 25],
  coupon: ["", 8],
  customer: ["cus_", 14],
  delivery: ["whd_", 20],
  discount: ["di_1", 23],
  dispute: ["du_1", 23],
  endpoint: ["we_1", 23],
  event: ["evt_1", 23],
  fault: ["flt_", 12],
  invoice: ["in_1", 23],
  invoice_line: ["il_1", 23],
  invoice_payment: ["inpay_1", 23],
  job: ["job_", 16],
  line_item: ["li_1", 23],
  payment_intent: ["pi_3", 23],
  payment_method: ["pm_1", 23],
  price: ["price_1", 23],
  product: ["prod_", 14],
  promotion_code: ["promo_1", 23],
  refund: ["re_3", 23],
  request: ["req_", 14],
  tax_rate: ["txr_1", 23],
  websocket: ["cliws_", 24],
  webhook_secret: ["whsec_", 32],
} as const;

export type IdKind = keyof typeof KINDS;

export class Ids {
  readonly #below: (limit: number) => number;

  /** With a seed the same calls give the same ids, so that a simulation can be replayed. */
  constructor(seed?: number) {
    this.#below = seed === undefined ? unpredictable() : seeded(seed);
  }

  make(kind: IdKind): string {
    const [prefix, length] = KINDS[kind];
    let id: string = prefix;
    for (let i = 0; i < length; i += 1) id += ALPHABET[this.#below(ALPHABET.length)];
    return id;
  }
}

/** Evenly spread numbers below a limit of at most 256, from random bytes fetched in bulk. */
function unpredictable(): (limit: number) => number {
  let bytes = randomBytes(4096);
  let at = 0;
  return (limit) => {
    for (;;) {
      if (at === bytes.length) {
        bytes = randomBytes(4096);
        at = 0;
      }
      const byte = bytes.readUInt8(at);
      at += 1;
      // What does not fill a whole round of the limit would favour the low numbers.
      if (byte < 256 - (256 % limit)) return byte % limit;
    }
  };
}

/** mulberry32, a small well-spread generator; not for secrets. */
function seeded(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}
