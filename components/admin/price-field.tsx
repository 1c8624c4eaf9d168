import { useState } from "react";
import { TextField } from "@/components/ui/field";
import { type PriceRejection, readPrice } from "@/lib/authoring/read-price";
import { describeAmount, describeMinimum } from "@/lib/money";

export const priceTexts = (currency: string) =>
  ({
    bad_price: `${describeAmount(currency)} With 0 the course is free.`,
    below_minimum: `${describeMinimum(currency)}. Enter that or more, or 0 for a free course.`,
  }) satisfies Record<PriceRejection, string>;

type Props = {
  readonly saved: string;
  readonly currency: string;
  /** Why the price that was sent was refused. */
  readonly error: string | undefined;
};

/** The price of a course; beneath it, as one types, what it means. */
export function PriceField({ saved, currency, error }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const read = typed === null ? null : readPrice(typed, currency);
  const isFree = (read ?? readPrice(saved, currency)).ok && Number((typed ?? saved).replace(",", ".")) === 0;
  return (
    <TextField
      label={`Price in ${currency.toUpperCase()}`}
      name="price"
      defaultValue={saved}
      onChange={(event) => setTyped(event.target.value)}
      inputMode="decimal"
      autoComplete="off"
      help={
        isFree ? (
          <strong className="text-ink">Free: everybody gets it without paying.</strong>
        ) : (
          "Orders keep the price that they were placed at."
        )
      }
      error={read === null ? error : read.ok ? undefined : priceTexts(currency)[read.error]}
    />
  );
}
