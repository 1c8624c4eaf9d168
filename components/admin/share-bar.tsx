type ShareBarProps = {
  /** From 0 to 1, of the widest bar of the table. */
  readonly share: number;
  /** Beyond it, in a fainter tone. */
  readonly rest?: number;
};

/** The bar under a row's name. Drawn only: its numbers stand in the row's cells. */
export function ShareBar({ share, rest = 0 }: ShareBarProps) {
  return (
    <svg
      viewBox="0 0 100 4"
      preserveAspectRatio="none"
      aria-hidden="true"
      className="mt-1 block h-1 w-full max-w-60"
    >
      <rect width={share * 100} height="4" className="fill-chart" />
      <rect x={share * 100} width={rest * 100} height="4" className="fill-chart opacity-40" />
    </svg>
  );
}
