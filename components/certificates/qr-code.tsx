import { encode } from "uqr";

type QrCodeProps = { readonly text: string; readonly label: string; readonly className?: string };

/** A QR code as one path: dark on light in both themes, since phones read no other. */
export function QrCode({ text, label, className }: QrCodeProps) {
  const { size, data } = encode(text, { ecc: "M", border: 3 });
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      className={className}
      shapeRendering="crispEdges"
    >
      <path d={`M0 0H${size}V${size}H0Z`} className="fill-[#fff]" />
      <path d={darkModules(data)} className="fill-[#000]" />
    </svg>
  );
}

/** One square of the path for each dark module. */
export function darkModules(rows: readonly (readonly boolean[])[]): string {
  return rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
}
