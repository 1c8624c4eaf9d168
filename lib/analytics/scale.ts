/** The top of a chart and its lines: 1, 2, 2.5 or 5 times a power of ten, four steps at most. Whole numbers from 1 on. */
export function scaleTo(most: number): { readonly top: number; readonly lines: readonly number[] } {
  const rough = Math.max(most, 4) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.ceil(
    [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? rough,
  );
  const count = Math.max(1, Math.ceil(most / step));
  return { top: step * count, lines: Array.from({ length: count + 1 }, (_, index) => index * step) };
}
