import { type Minor, minimumCharge, readAmount } from "@/lib/money";
import { err, ok, type Result } from "@/lib/result";

export type PriceRejection = "bad_price" | "below_minimum";

/** A course's price as typed: nothing, or at least what can be paid by card. */
export function readPrice(typed: string, currency: string): Result<Minor, PriceRejection> {
  const price = readAmount(typed, currency);
  if (price === null) return err("bad_price");
  return price > 0 && price < minimumCharge(currency) ? err("below_minimum") : ok(price);
}
