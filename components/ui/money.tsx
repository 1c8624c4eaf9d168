import { clsx } from "clsx";
import { formatMoney } from "@/lib/money";

type MoneyProps = {
  /** In the currency's minor unit. */
  readonly amount: number;
  readonly currency: string;
  /** Said instead of a zero: "Free". */
  readonly zero?: string;
  readonly className?: string;
};

/** An exact amount in tabular figures. */
export function Money({ amount, currency, zero, className }: MoneyProps) {
  return (
    <span className={clsx("whitespace-nowrap tabular-nums", className)}>
      {amount === 0 && zero !== undefined ? zero : formatMoney(amount, currency)}
    </span>
  );
}

type PriceProps = MoneyProps & {
  /** A real earlier price, such as the one when the course was put into the cart. Never an invented one. */
  readonly before?: number;
};

/** What a course costs: "Free" when nothing. */
export function Price({ before, className, zero = "Free", ...money }: PriceProps) {
  return (
    <span className={clsx("font-semibold whitespace-nowrap", className)}>
      {before === undefined ? null : (
        <del className="font-normal text-ink-muted max-md:block max-md:text-sm md:mr-1.5">
          <span className="sr-only">before </span>
          <Money amount={before} currency={money.currency} />
        </del>
      )}
      <Money {...money} zero={zero} />
    </span>
  );
}
