import { clsx } from "clsx";

/**
 * Drawn from public/logo.svg by reference, so that no page carries its outlines; its colours follow the theme.
 * `glyph` is the mark without the word.
 */
export function Logo({
  glyph = false,
  className,
}: {
  readonly glyph?: boolean;
  readonly className?: string;
}) {
  return (
    <svg
      viewBox={glyph ? "0 0 28 28" : "0 0 112 28"}
      role="img"
      aria-label="Lectern"
      className={clsx("block h-7", glyph ? "w-7" : "w-28", className)}
    >
      <use href={glyph ? "/logo.svg#glyph" : "/logo.svg#logo"} />
    </svg>
  );
}
