/**
 * Drawn from public/logo.svg by reference, so that no page carries its outlines; its colours follow the theme.
 * `glyph` is the mark without the word.
 */
export function Logo({ glyph = false }: { readonly glyph?: boolean }) {
  return (
    <svg
      viewBox={glyph ? "0 0 28 28" : "0 0 112 28"}
      role="img"
      aria-label="Lectern"
      className={glyph ? "block size-7" : "block h-7 w-28"}
    >
      <use href={glyph ? "/logo.svg#glyph" : "/logo.svg#logo"} />
    </svg>
  );
}
