import { clsx } from "clsx";
import { COVER_SHAPES, type CoverOptions, coverHref } from "@/lib/catalog/cover";

type CourseCoverProps = CoverOptions & {
  readonly slug: string;
  readonly type: string;
  /** Only when the cover stands alone: beside its title it is decoration and has no name. */
  readonly label?: string;
  readonly className?: string;
};

/**
 * The cover of a course, filling its box; cropped from the right and the bottom, never from the spine.
 * It is drawn by reference to its own file: pages stay small, browsers keep it, and it still follows the theme.
 */
export function CourseCover({ slug, type, shape = "card", cloth, label, className }: CourseCoverProps) {
  const { width, height } = COVER_SHAPES[shape];
  return (
    <svg
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="xMinYMid slice"
      className={clsx("block size-full rounded-xs bg-sunken", className)}
    >
      <use href={`${coverHref(type, slug, { shape, cloth })}#cover`} />
    </svg>
  );
}
