import { at, between, type Canvas, type Point, SPINE, smoothPath, whole } from "./cover-pen";

/** Python: rings around a point, each bent a little further than the one inside it, one of them gilt. */
export function drawCurves({ random, width, height, line, mark }: Canvas): string {
  const cx = width * between(random, 0.24, 0.8);
  const cy = height * between(random, 0.28, 0.76);
  const lobes = whole(random, 2, 4);
  const phase = between(random, 0, Math.PI * 2);
  const twist = between(random, 0.07, 0.15) * (random() < 0.5 ? -1 : 1);
  const depth = between(random, 0.14, 0.24);
  const step = 21;
  const reach = Math.hypot(Math.max(cx, width - cx), Math.max(cy, height - cy));
  const rings = Math.ceil(reach / step / (1 - depth));
  const gilt = whole(random, 4, 8);

  const ring = (k: number): Point[] => {
    const steps = k < 5 ? 12 : 20;
    return Array.from({ length: steps }, (_, i): Point => {
      const angle = (i / steps) * Math.PI * 2;
      const wave = Math.sin(lobes * angle + phase + k * twist) + 0.35 * Math.sin((lobes + 1) * angle - phase);
      const radius = step * k * (1 + depth * Math.min(1, k / 6) * wave);
      return [cx + radius * Math.cos(angle) * 1.12, cy + radius * Math.sin(angle) * 0.92];
    });
  };
  const isSeen = ([x, y]: Point) => x > SPINE - 40 && x < width + 40 && y > -40 && y < height + 40;

  let paths = "";
  for (let k = 1; k <= rings; k++) {
    const points = ring(k);
    if (!points.some(isSeen)) continue;
    const look = k === gilt ? ` stroke="${mark}" stroke-width="3.5"` : "";
    paths += `<path d="${smoothPath(points, true)}"${look}/>`;
  }
  return (
    `<g fill="none" stroke="${line}" stroke-width="1.5">${paths}</g>` +
    `<circle cx="${at(cx)}" cy="${at(cy)}" r="4.5" fill="${mark}"/>`
  );
}
