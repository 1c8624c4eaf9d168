import { at, between, type Canvas, type Random, SPINE, whole } from "./cover-pen";

const CELL = 36;

type Table = {
  readonly x: number;
  readonly top: number;
  readonly rows: number;
  readonly columns: readonly number[];
  readonly width: number;
};

const total = (widths: readonly number[]) => widths.reduce((sum, width) => sum + width, 0);

/** SQL: tables that run off the page; rows that match are joined, and the matching cells are gilt. */
export function drawGrids({ random, width, height, line, mark }: Canvas): string {
  const three = random() < 0.5;
  const tables = layTables(random, three, width, height);
  let lines = "";
  let bars = "";
  for (const table of tables) {
    lines += `<path d="${rules(table)}"/>`;
    bars += `<rect x="${at(table.x)}" y="${at(table.top)}" width="${at(table.width)}" height="${CELL}" opacity=".36"/>`;
    bars += values(random, table);
  }
  const { marks, joins } = joinRows(random, tables, three ? 2 : 3, height);
  return (
    `<g fill="${line}">${bars}</g><g fill="none" stroke="${line}" stroke-width="1.5">${lines}</g>` +
    `<g fill="${mark}">${marks}</g><g fill="none" stroke="${mark}" stroke-width="3">${joins}</g>`
  );
}

function layTables(random: Random, three: boolean, width: number, height: number): Table[] {
  const widths = three
    ? [
        [58, 70],
        [52, 84, 48],
        [50, 92],
      ]
    : [
        [64, 96, 58],
        [56, 88, 72],
      ];
  const gap = (width - SPINE - total(widths.flat()) - 24) / (widths.length - 1);
  const flip = random() < 0.5;
  let x = SPINE + 24 - whole(random, 0, 10);
  return widths.map((columns, k) => {
    const fromTop = (k % 2 === 0) === flip;
    const rows = whole(random, 7, 9) + Math.max(0, Math.round((height - 400) / 2 / CELL));
    const top = fromTop
      ? -CELL * 0.5 + CELL * whole(random, 0, 1)
      : height - CELL * (rows - whole(random, 0, 1)) + CELL * 0.4;
    const table = { x, top, rows, columns, width: total(columns) };
    x += table.width + gap;
    return table;
  });
}

/** The frame and the lines of a table, as one path. */
function rules({ x, top, rows, columns, width }: Table): string {
  let path = `M${at(x)} ${at(top)}h${at(width)}v${at(rows * CELL)}h${at(-width)}Z`;
  for (let row = 1; row < rows; row++) path += `M${at(x)} ${at(top + row * CELL)}h${at(width)}`;
  let edge = x;
  for (const column of columns.slice(0, -1)) {
    edge += column;
    path += `M${at(edge)} ${at(top)}v${at(rows * CELL)}`;
  }
  return path;
}

/** Bars that stand for values, in seven cells of ten. */
function values(random: Random, { x, top, rows, columns }: Table): string {
  let bars = "";
  for (let row = 1; row < rows; row++) {
    let left = x;
    for (const column of columns) {
      if (random() < 0.7) {
        const length = (column - 22) * between(random, 0.4, 1);
        bars += `<rect x="${at(left + 11)}" y="${at(top + row * CELL + 14.5)}" width="${at(length)}" height="7" opacity=".5"/>`;
      }
      left += column;
    }
  }
  return bars;
}

function joinRows(random: Random, tables: readonly Table[], most: number, height: number) {
  let marks = "";
  let joins = "";
  for (const [k, left] of tables.slice(0, -1).entries()) {
    const right = tables[k + 1];
    if (!right) break;
    const leftRows = seenRows(left, height);
    const rightRows = seenRows(right, height);
    for (let i = 0; i < most; i++) {
      if (leftRows.length === 0 || rightRows.length === 0) break;
      const from = takeNear(random, leftRows);
      const to = takeNear(random, rightRows);
      const x1 = left.x + left.width;
      const y1 = left.top + (from + 0.5) * CELL;
      const y2 = right.top + (to + 0.5) * CELL;
      const half = (right.x - x1) / 2;
      joins += `<path d="M${at(x1)} ${at(y1)}C${at(x1 + half)} ${at(y1)} ${at(right.x - half)} ${at(y2)} ${at(right.x)} ${at(y2)}"/>`;
      const last = left.columns.at(-1) ?? 0;
      const first = right.columns[0] ?? 0;
      marks += `<rect x="${at(x1 - last)}" y="${at(y1 - CELL / 2)}" width="${at(last)}" height="${CELL}"/>`;
      marks += `<rect x="${at(right.x)}" y="${at(y2 - CELL / 2)}" width="${at(first)}" height="${CELL}"/>`;
    }
  }
  return { marks, joins };
}

function seenRows({ top, rows }: Table, height: number): number[] {
  const below = (row: number) => top + row * CELL > 12 && top + (row + 1) * CELL < height - 12;
  return Array.from({ length: rows - 1 }, (_, i) => i + 1).filter(below);
}

/** Takes one of the next three rows out of the list, so that joins seldom cross far. */
function takeNear(random: Random, rows: number[]): number {
  return rows.splice(Math.floor(random() * Math.min(rows.length, 3)), 1)[0] ?? 0;
}
