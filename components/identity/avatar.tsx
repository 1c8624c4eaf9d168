import { clsx } from "clsx";

/** Cloth and drawing of each picture. White letters stand at 4.5:1 or more on every cloth. */
const PICTURES = [
  { cloth: "#1d5942", drawing: "M-4 30C8 18 16 42 44 22M-4 38C8 26 16 50 44 30" },
  { cloth: "#7a3b2e", drawing: "M8-4V44M16-4V44M24-4V44M32-4V44" },
  { cloth: "#2f4b73", drawing: "M-4 8H44M-4 16H44M-4 24H44M-4 32H44" },
  { cloth: "#6b4a86", drawing: "M20 4a16 16 0 1 1-.1 0M20 10a10 10 0 1 1-.1 0" },
  { cloth: "#7a5a12", drawing: "M-4 44L44-4M-4 32L32-4M8 44L44 8" },
  { cloth: "#245e66", drawing: "M-4 10L10-4M-4 30L30-4M10 44L44 10M30 44L44 30" },
  { cloth: "#8a3558", drawing: "M0 40C0 18 18 0 40 0M0 28C0 12 12 0 28 0M12 40C12 24 24 12 40 12" },
  { cloth: "#4a5040", drawing: "M10 10h20v20h-20zM4 4h32v32h-32z" },
] as const;

/** Up to two letters for the mark: "Mira Vale" is MV. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words.at(0), words.length > 1 ? words.at(-1) : undefined].map(
    (word) => word?.match(/\p{L}|\p{N}/u)?.[0] ?? "",
  );
  return letters.join("").toUpperCase() || "·";
}

type AvatarProps = { readonly name: string; readonly picture: number; readonly className?: string };

/** A round mark of somebody: their initials on one of eight cloths. Decoration: the name stands beside it. */
export function Avatar({ name, picture, className }: AvatarProps) {
  const { cloth, drawing } = PICTURES[picture % PICTURES.length] ?? PICTURES[0];
  return (
    <svg viewBox="0 0 40 40" aria-hidden="true" className={clsx("flex-none rounded-full", className)}>
      <rect width="40" height="40" fill={cloth} />
      <path d={drawing} fill="none" stroke="#ffffff" strokeOpacity=".16" strokeWidth="2" />
      <text
        x="20"
        y="20.5"
        fill="#ffffff"
        fontSize="14"
        fontWeight="600"
        textAnchor="middle"
        dominantBaseline="central"
      >
        {initials(name)}
      </text>
    </svg>
  );
}
