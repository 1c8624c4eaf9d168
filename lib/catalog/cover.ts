import { drawContours } from "./cover-contours";
import { drawCurves } from "./cover-curves";
import { drawGrids } from "./cover-grids";
import { type Canvas, randomFrom, SPINE, seedOf, whole } from "./cover-pen";

/** Cloths: ground, line, gilt mark. The values are the light ones; inline in a page the theme's variables win. */
const CLOTHS = {
  forest: { ground: "#1f4a39", line: "#7ea591", mark: "#e2c27c" },
  sage: { ground: "#cbd6c5", line: "#6e8a76", mark: "#1d4d39" },
  moss: { ground: "#56603a", line: "#a9b084", mark: "#f0dfa6" },
  slate: { ground: "#31464f", line: "#8aa2ab", mark: "#e2c27c" },
  stone: { ground: "#d9d5ca", line: "#8d8878", mark: "#31464f" },
  ink: { ground: "#2a2721", line: "#857d6d", mark: "#e2c27c" },
  sand: { ground: "#e8dcc3", line: "#a78d5f", mark: "#6a4a17" },
  clay: { ground: "#7c4a39", line: "#bd8c78", mark: "#efd7a6" },
} as const;

export type Cloth = keyof typeof CLOTHS;
type Family = { readonly cloths: readonly [Cloth, ...Cloth[]]; readonly draw: (canvas: Canvas) => string };

const PYTHON: Family = { cloths: ["forest", "sage", "moss"], draw: drawCurves };
const SQL: Family = { cloths: ["slate", "stone", "ink"], draw: drawGrids };
const GENERAL: Family = { cloths: ["sand", "clay"], draw: drawContours };

/** Course types without a family of their own share the contours. */
function familyOf(type: string): Family {
  if (type === "python") return PYTHON;
  return type === "sql" ? SQL : GENERAL;
}

/** Raise it whenever a drawing changes: covers are cached for a year under their address. */
const EDITION = 1;

/** Width and height in the drawing's own units. `card` 8:5; `portrait` for error and sign-in pages; `social` for Open Graph. */
export const COVER_SHAPES = {
  card: { width: 640, height: 400 },
  portrait: { width: 760, height: 860 },
  social: { width: 1200, height: 630 },
} as const;

export type CoverShape = keyof typeof COVER_SHAPES;

export type CoverOptions = {
  readonly shape?: CoverShape;
  /** Overrides the cloth that the slug would choose. */
  readonly cloth?: Cloth;
};

/**
 * The cover of a course as a stand-alone SVG document: same type and slug, same cover, on every machine.
 * Everything lies in `<g id="cover">`, so that a page can show it by reference and its theme colours it.
 */
export function coverSvg(type: string, slug: string, { shape = "card", cloth }: CoverOptions = {}): string {
  const { width, height } = COVER_SHAPES[shape];
  const family = familyOf(type);
  const random = randomFrom(seedOf(`${type}/${slug}`));
  const chosen = family.cloths[whole(random, 0, family.cloths.length - 1)] ?? family.cloths[0];
  const name = cloth ?? chosen;
  const { ground, line, mark } = CLOTHS[name];
  const paint = {
    ground: `var(--color-cloth-${name},${ground})`,
    line: `var(--color-cloth-${name}-line,${line})`,
    mark: `var(--color-cloth-${name}-mark,${mark})`,
  };
  const figure = family.draw({ random, width, height, line: paint.line, mark: paint.mark });
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" preserveAspectRatio="xMinYMid slice">` +
    `<g id="cover"><rect width="${width}" height="${height}" fill="${paint.ground}"/>${figure}` +
    `<rect width="${SPINE}" height="${height}" fill="${paint.ground}"/>` +
    `<rect width="${SPINE}" height="${height}" fill="#000" opacity=".16"/>` +
    `<path d="M${SPINE}.5 0V${height}" stroke="#fff" stroke-opacity=".14"/></g></svg>`
  );
}

/** The address of a cover. Its answer never changes, so browsers and proxies may keep it for good. */
export function coverHref(type: string, slug: string, { shape = "card", cloth }: CoverOptions = {}): string {
  const query = new URLSearchParams({ v: String(EDITION) });
  if (shape !== "card") query.set("shape", shape);
  if (cloth) query.set("cloth", cloth);
  return `/covers/${type}/${slug}?${query}`;
}

/** Reads the query of such an address; anything unknown counts as unset. */
export function readCoverOptions(query: URLSearchParams): CoverOptions {
  const shape = query.get("shape");
  const cloth = query.get("cloth");
  return {
    shape: isKeyOf(COVER_SHAPES, shape) ? shape : undefined,
    cloth: isKeyOf(CLOTHS, cloth) ? cloth : undefined,
  };
}

function isKeyOf<T extends object>(table: T, key: string | null): key is Extract<keyof T, string> {
  return key !== null && Object.hasOwn(table, key);
}
