import { clsx } from "clsx";

export type ButtonVariant = "primary" | "secondary" | "quiet" | "done" | "danger" | "danger-quiet";
export type ButtonSize = "medium" | "large" | "small";

export type ButtonLook = {
  /** One filled green button per view; everything else is `secondary` or `quiet`. Default `secondary`. */
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
  /** As wide as its box. */
  readonly block?: boolean;
};

const variants: Readonly<Record<ButtonVariant, string>> = {
  primary: "border-transparent bg-accent text-accent-ink hover:bg-accent-strong hover:text-accent-ink px-4.5",
  secondary: "bg-surface text-ink border-field-line hover:border-ink hover:text-ink px-4.5",
  quiet: "border-transparent text-accent hover:bg-accent-tint hover:text-accent px-3",
  done: "bg-accent-tint text-accent border-accent-line hover:text-accent hover:border-accent px-4.5",
  danger:
    "border-transparent bg-danger-fill text-danger-ink hover:text-danger-ink hover:brightness-92 px-4.5",
  "danger-quiet": "border-transparent text-danger hover:bg-danger-tint hover:text-danger px-3",
};

const sizes: Readonly<Record<ButtonSize, string>> = {
  medium: "min-h-target py-2 text-sm",
  large: "min-h-13 py-2 text-base px-6",
  small: "min-h-target py-1.5 text-sm lg:min-h-dense lg:px-3 lg:text-xs",
};

/** The classes of a button, for the rare element that is neither `Button` nor `ButtonLink`. */
export function buttonClass(
  { variant = "secondary", size = "medium", block = false }: ButtonLook = {},
  className?: string,
): string {
  return clsx(
    "items-center justify-center gap-2 rounded-md border text-center font-sans leading-tight font-semibold no-underline",
    "transition-colors print:hidden [&_svg]:size-4.5",
    "disabled:cursor-not-allowed disabled:border-hairline disabled:bg-sunken disabled:text-ink-muted disabled:hover:bg-sunken",
    "aria-disabled:cursor-not-allowed aria-disabled:border-hairline aria-disabled:bg-sunken aria-disabled:text-ink-muted",
    block ? "flex w-full" : "inline-flex",
    variants[variant],
    sizes[size],
    className,
  );
}
