import { clsx } from "clsx";

type ProgressProps = {
  /** 0 to 100; rounded down, so that 100 % means all of it. */
  readonly value: number;
  /** What is measured: "Data structures you will use". */
  readonly label: string;
  readonly className?: string;
};

/** A 6 px bar with its percentage in a fixed column. */
export function Progress({ value, label, className }: ProgressProps) {
  const percent = Math.max(0, Math.min(100, Math.floor(value)));
  return (
    <div
      className={clsx(
        "grid grid-cols-[1fr_2.25rem] items-center gap-3 text-xs text-ink-soft tabular-nums",
        className,
      )}
    >
      <span
        role="progressbar"
        aria-label={label}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        className="block h-1.5 overflow-hidden rounded-xs bg-hairline"
      >
        <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" className="block size-full">
          <rect width={percent} height="6" className="fill-accent" />
        </svg>
      </span>
      <span className="text-right">{percent}%</span>
    </div>
  );
}
