import { between, type Canvas, type Point, pointAt, type Random, smoothPath, whole } from "./cover-pen";

const CELL = 20;
const LEVELS = 15;

type Field = {
  readonly columns: number;
  readonly rows: number;
  readonly heights: readonly (readonly number[])[];
};
/** A side of a grid cell: `h` runs to the right of the corner (x, y), `v` down from it. */
type Side = { readonly direction: "h" | "v"; readonly x: number; readonly y: number };

/** Every other course: contour lines of a few hills (marching squares), a high one gilt. */
export function drawContours({ random, width, height, line, mark }: Canvas): string {
  const field = hills(random, width, height);
  const ranked = field.heights.flat().sort((a, b) => a - b);
  const low = ranked[0] ?? 0;
  const peak = ranked.at(-1) ?? 0;
  let paths = "";
  for (let k = 1; k < LEVELS; k++) {
    // Half even in height, half even in area: no empty plains.
    const byArea = ranked[Math.floor((ranked.length * k) / LEVELS)] ?? low;
    const level = 0.45 * (low + ((peak - low) * k) / LEVELS) + 0.55 * byArea;
    const bold = k % 4 === 0 ? ' stroke-width="2.25"' : "";
    const look = k === LEVELS - 3 ? ` stroke="${mark}" stroke-width="3.5"` : bold;
    for (const path of contour(field, level)) paths += `<path d="${path}"${look}/>`;
  }
  return `<g fill="none" stroke="${line}" stroke-width="1.5">${paths}</g>`;
}

function hills(random: Random, width: number, height: number): Field {
  const peaks = Array.from({ length: whole(random, 4, 6) }, () => ({
    x: between(random, 0, width),
    y: between(random, 0, height),
    spread: between(random, 0.17, 0.36) * Math.min(width, height),
    rise: between(random, 0.5, 1) * (random() < 0.25 ? -0.6 : 1),
  }));
  const heightAt = (x: number, y: number) =>
    peaks.reduce(
      (sum, peak) =>
        sum + peak.rise * Math.exp(-((x - peak.x) ** 2 + (y - peak.y) ** 2) / (2 * peak.spread ** 2)),
      0,
    );
  const columns = Math.ceil(width / CELL) + 2;
  const rows = Math.ceil(height / CELL) + 2;
  const heights = Array.from({ length: rows + 1 }, (_, j) =>
    Array.from({ length: columns + 1 }, (_, i) => heightAt((i - 1) * CELL, (j - 1) * CELL)),
  );
  return { columns, rows, heights };
}

const heightOf = (field: Field, x: number, y: number) => field.heights[y]?.[x] ?? 0;
const nameOf = ({ direction, x, y }: Side) => `${direction}${x},${y}`;

/** Which sides a contour enters and leaves by, for each of the sixteen patterns of corners above the level. */
const CROSSINGS: Readonly<
  Record<number, readonly (readonly ["T" | "R" | "B" | "L", "T" | "R" | "B" | "L"])[]>
> = {
  1: [["L", "B"]],
  2: [["B", "R"]],
  3: [["L", "R"]],
  4: [["R", "T"]],
  5: [
    ["L", "T"],
    ["R", "B"],
  ],
  6: [["B", "T"]],
  7: [["L", "T"]],
  8: [["T", "L"]],
  9: [["T", "B"]],
  10: [
    ["T", "R"],
    ["B", "L"],
  ],
  11: [["T", "R"]],
  12: [["R", "L"]],
  13: [["R", "B"]],
  14: [["B", "L"]],
};

/** From each crossed side to the next one along the contour. */
function linkSides(field: Field, level: number): Map<string, { readonly from: Side; readonly to: Side }> {
  const links = new Map<string, { from: Side; to: Side }>();
  const above = (x: number, y: number) => (heightOf(field, x, y) >= level ? 1 : 0);
  for (let y = 0; y < field.rows; y++) {
    for (let x = 0; x < field.columns; x++) {
      const pattern = above(x, y) * 8 + above(x + 1, y) * 4 + above(x + 1, y + 1) * 2 + above(x, y + 1);
      const sides = {
        T: { direction: "h", x, y },
        R: { direction: "v", x: x + 1, y },
        B: { direction: "h", x, y: y + 1 },
        L: { direction: "v", x, y },
      } as const satisfies Record<string, Side>;
      for (const [from, to] of CROSSINGS[pattern] ?? []) {
        links.set(nameOf(sides[from]), { from: sides[from], to: sides[to] });
      }
    }
  }
  return links;
}

/** Where the level crosses a side. */
function crossing(field: Field, level: number, { direction, x, y }: Side): Point {
  const [dx, dy] = direction === "h" ? [1, 0] : [0, 1];
  const here = heightOf(field, x, y);
  const share = (level - here) / (heightOf(field, x + dx, y + dy) - here);
  return [(x + dx * share - 1) * CELL, (y + dy * share - 1) * CELL];
}

/** The lines of one level, as paths. Open lines begin at the edge; then what is left goes round. */
function contour(field: Field, level: number): string[] {
  const links = linkSides(field, level);
  const targets = new Set([...links.values()].map(({ to }) => nameOf(to)));
  const starts = [...links.keys()].filter((name) => !targets.has(name));
  const paths: string[] = [];
  while (links.size > 0) {
    const first = starts.pop() ?? links.keys().next().value ?? "";
    let link = links.get(first);
    if (!link) continue;
    const points = [crossing(field, level, link.from)];
    let end = first;
    while (link) {
      links.delete(end);
      end = nameOf(link.to);
      if (end !== first) points.push(crossing(field, level, link.to));
      link = links.get(end);
    }
    if (points.length >= 4) paths.push(soften(points, end === first));
  }
  return paths;
}

/** Weighted means take out the grid's steps; every second point is enough to draw the line. */
function soften(points: readonly Point[], closed: boolean): string {
  const mean = (i: number, axis: 0 | 1) => {
    const near = (offset: number) => pointAt(points, i + offset, closed)[axis];
    return (near(-2) + 2 * near(-1) + 3 * near(0) + 2 * near(1) + near(2)) / 9;
  };
  const soft = points.map((_, i): Point => [mean(i, 0), mean(i, 1)]);
  const thin = soft.filter((_, i) => i % 2 === 0 || (!closed && i === soft.length - 1));
  return smoothPath(thin.length > 3 ? thin : soft, closed);
}
