import { clsx } from "clsx";
import type { Route } from "next";
import type { ComponentProps } from "react";
import { Link } from "./link";

const look =
  "relative inline-grid flex-none place-items-center rounded-md text-ink-soft no-underline transition-colors hover:bg-sunken hover:text-ink print:hidden aria-pressed:text-accent aria-pressed:[&_svg]:fill-current";
const framed = "size-13 border border-field-line bg-surface";

type Named = {
  /** What it does, since no word is visible. */
  readonly label: string;
  /** With a border, 52 px, beside a large button. */
  readonly framed?: boolean;
};

/** 44 × 44 with one icon; `aria-pressed` makes it a switch whose icon is filled when on. */
export function IconButton({
  label,
  framed: hasFrame = false,
  className,
  type = "button",
  ...rest
}: Named & ComponentProps<"button">) {
  return (
    <button
      {...rest}
      type={type}
      aria-label={label}
      className={clsx(look, hasFrame ? framed : "size-target", className)}
    />
  );
}

/** The same as a link. */
export function IconLink<T extends string>({
  label,
  framed: hasFrame = false,
  className,
  ...rest
}: Named & Omit<ComponentProps<"a">, "href"> & { readonly href: Route<T>; readonly prefetch?: false }) {
  return (
    <Link {...rest} aria-label={label} className={clsx(look, hasFrame ? framed : "size-target", className)} />
  );
}
