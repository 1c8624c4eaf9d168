/** What the three families of covers draw with. */

export type Random = () => number;
export type Point = readonly [x: number, y: number];

export type Canvas = {
  readonly random: Random;
  readonly width: number;
  readonly height: number;
  /** Paints, ready for `stroke` and `fill`. */
  readonly line: string;
  readonly mark: string;
};

/** Width of the spine on the left, which no figure crosses visibly. */
export const SPINE = 22;

/** FNV-1a, 32 bit. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}

/** Mulberry32: a small generator with good spread; numbers in [0, 1). */
export function randomFrom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export const between = (random: Random, low: number, high: number) => low + random() * (high - low);
export const whole = (random: Random, low: number, high: number) =>
  Math.floor(between(random, low, high + 1));

/** A coordinate as it is written: a tenth is enough. */
export const at = (value: number) => String(Math.round(value * 10) / 10);

/** The point at `index`; a closed line goes round, an open one stays at its ends. */
export function pointAt(points: readonly Point[], index: number, closed: boolean): Point {
  const last = points.length - 1;
  const wrapped = closed ? (index + points.length) % points.length : Math.max(0, Math.min(last, index));
  return points[wrapped] ?? [0, 0];
}

/** A smooth path through points: Catmull-Rom, written as cubic Béziers. */
export function smoothPath(points: readonly Point[], closed: boolean): string {
  const start = pointAt(points, 0, closed);
  let path = `M${at(start[0])} ${at(start[1])}`;
  const pieces = closed ? points.length : points.length - 1;
  for (let i = 0; i < pieces; i++) {
    const before = pointAt(points, i - 1, closed);
    const from = pointAt(points, i, closed);
    const to = pointAt(points, i + 1, closed);
    const after = pointAt(points, i + 2, closed);
    const leave = [from[0] + (to[0] - before[0]) / 6, from[1] + (to[1] - before[1]) / 6];
    const arrive = [to[0] - (after[0] - from[0]) / 6, to[1] - (after[1] - from[1]) / 6];
    const numbers = i === 0 ? [...leave, ...arrive, ...to] : [...arrive, ...to];
    path += `${i === 0 ? "C" : "S"}${numbers.map(at).join(" ")}`;
  }
  return closed ? `${path}Z` : path;
}
