import { encode } from "uqr";

/** A QR code as the path of an SVG, one unit per module, with the quiet zone of four that readers need. */
export function qrPath(text: string): { readonly path: string; readonly size: number } {
  const { data, size } = encode(text, { ecc: "M", border: 4 });
  const runs = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")));
  return { path: runs.join(""), size };
}
