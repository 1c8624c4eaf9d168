import { clsx } from "clsx";
import { nameBucket } from "@/lib/analytics/period";
import { scaleTo } from "@/lib/analytics/scale";
import { netAmount, type PairedSales } from "@/lib/analytics/sum-sales";
import { shortMoney } from "@/lib/money";

type Props = { readonly columns: readonly PairedSales[]; readonly currency: string };

const WIDTH = 1_000;
const HEIGHT = 240;

/**
 * Net revenue as bars, what went back as an outline on top, the period before as a line across. Drawn by the server; the numbers stand
 * in the table beneath. The words are HTML, so that they keep their size on a phone.
 */
export function SalesChart({ columns, currency }: Props) {
  const most = Math.max(
    ...columns.map(({ sales, before }) => Math.max(sales.grossAmount, netAmount(before))),
    0,
  );
  const { top, lines } = most > 0 ? scaleTo(most) : { top: 1, lines: [0] };
  const hasBefore = columns.some(({ before }) => netAmount(before) !== 0);
  const slot = WIDTH / Math.max(1, columns.length);
  const y = (amount: number) => HEIGHT - (Math.max(0, amount) / top) * HEIGHT;
  const every = Math.ceil(columns.length / 6);
  return (
    <div className="p-5 lg:p-6">
      <Legend />
      <div className="relative grid grid-cols-[auto_minmax(0,1fr)] gap-x-3">
        {most > 0 ? null : (
          <p className="absolute inset-x-0 top-24 text-center text-sm text-ink-muted">
            No sale in these days yet.
          </p>
        )}
        {/* Half a line higher and lower than the bars, so that the middle of each label is at its line. */}
        <div
          aria-hidden="true"
          className="-my-1.5 flex h-63 flex-col-reverse justify-between text-right text-xs leading-none text-ink-muted tabular-nums"
        >
          {lines.map((amount) => (
            <span key={amount}>{shortMoney(amount, currency)}</span>
          ))}
        </div>
        <svg
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label="Net revenue over time, tax included; the numbers stand in the table below."
          className="block h-60 w-full overflow-visible"
        >
          {lines.map((amount) => (
            <line
              key={amount}
              x1={0}
              x2={WIDTH}
              y1={y(amount)}
              y2={y(amount)}
              className="stroke-hairline"
              vectorEffect="non-scaling-stroke"
            />
          ))}
          {columns.map((column, index) => (
            <Bar
              key={column.bucket.from}
              column={column}
              x={index * slot}
              slot={slot}
              y={y}
              withBefore={hasBefore}
            />
          ))}
        </svg>
        <span />
        <ol aria-hidden="true" className="mt-2 flex text-xs text-ink-muted">
          {columns.map(({ bucket }, index) => (
            <li
              key={bucket.from}
              className={clsx("min-w-0 flex-1 basis-0", index % (2 * every) !== 0 && "max-sm:invisible")}
            >
              {index % every === 0 ? <span className="whitespace-nowrap">{nameBucket(bucket)}</span> : null}
            </li>
          ))}
        </ol>
      </div>
    </div>
  );
}

type BarProps = {
  readonly column: PairedSales;
  readonly x: number;
  readonly slot: number;
  readonly y: (amount: number) => number;
  /** Off where nothing at all was sold before: a line along the ground would say no more. */
  readonly withBefore: boolean;
};

function Bar({ column: { sales, before }, x, slot, y, withBefore }: BarProps) {
  const net = netAmount(sales);
  const [left, width] = [x + slot * 0.18, slot * 0.64];
  const shownNet = Math.max(0, net);
  return (
    <>
      <rect x={left} width={width} y={y(shownNet)} height={HEIGHT - y(shownNet)} className="fill-chart" />
      {sales.refundedAmount + sales.lostAmount > 0 && sales.grossAmount > 0 ? (
        <rect
          x={left}
          width={width}
          y={y(sales.grossAmount)}
          height={y(shownNet) - y(sales.grossAmount)}
          className="fill-none stroke-danger"
          vectorEffect="non-scaling-stroke"
        />
      ) : null}
      {withBefore ? (
        <line
          x1={x + slot * 0.06}
          x2={x + slot * 0.94}
          y1={y(netAmount(before))}
          y2={y(netAmount(before))}
          className="stroke-ink stroke-2"
          vectorEffect="non-scaling-stroke"
        />
      ) : null}
    </>
  );
}

function Legend() {
  return (
    <ul className="mb-4 flex flex-wrap gap-x-5 gap-y-1 text-xs text-ink-soft">
      <li className="flex items-center gap-2">
        <span className="size-2.5 bg-chart" /> Net, incl. tax
      </li>
      <li className="flex items-center gap-2">
        <span className="size-2.5 border border-danger" /> Refunded or lost to disputes
      </li>
      <li className="flex items-center gap-2">
        <span className="h-0.5 w-4 bg-ink" /> Period before
      </li>
    </ul>
  );
}
