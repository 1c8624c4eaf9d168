import { clsx } from "clsx";
import { Check, LoaderCircle } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";

export type ButtonVariant = "primary" | "secondary" | "quiet" | "done" | "danger" | "danger-quiet";
export type ButtonSize = "medium" | "large" | "small";

type Look = {
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
  { variant = "secondary", size = "medium", block = false }: Look = {},
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

type ButtonProps = Look &
  ComponentProps<"button"> & {
    /** While work is under way: same width, a spinner, and `busyLabel` ("Opening the payment page"). Presses do nothing. */
    readonly busy?: boolean;
    readonly busyLabel?: string;
  };

/** A button. `type` is `button` unless said otherwise, so that it never submits by accident. */
export function Button({
  variant,
  size,
  block,
  busy = false,
  busyLabel,
  className,
  children,
  type = "button",
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={busy ? "button" : type}
      className={buttonClass({ variant, size, block }, className)}
      aria-busy={busy || undefined}
      onClick={busy ? undefined : onClick}
    >
      <ButtonFace variant={variant} busy={busy} busyLabel={busyLabel}>
        {children}
      </ButtonFace>
    </button>
  );
}

type FaceProps = {
  readonly variant?: ButtonVariant;
  readonly busy: boolean;
  readonly busyLabel?: string;
  readonly children: ReactNode;
};

/** Both labels lie in one grid cell, so the button is always as wide as the longer of them. */
function ButtonFace({ variant, busy, busyLabel, children }: FaceProps) {
  const content = (
    <>
      {variant === "done" ? <Check /> : null}
      {children}
    </>
  );
  if (!busy && busyLabel === undefined) return content;
  const layer = "col-start-1 row-start-1 inline-flex items-center justify-center gap-2";
  return (
    <span className="inline-grid">
      <span className={clsx(layer, busy && "invisible")}>{content}</span>
      <span className={clsx(layer, !busy && "invisible")}>
        <LoaderCircle className="animate-spin" />
        {busyLabel ?? children}
      </span>
    </span>
  );
}

type ButtonLinkProps<T extends string> = Look &
  Omit<ComponentProps<typeof Link>, "href"> & {
    readonly href: Route<T>;
    /** Shown muted and not pressable, with its words still readable ("Newer" on the first page). */
    readonly disabled?: boolean;
  };

/** A link that looks like a button. */
export function ButtonLink<T extends string>({
  variant,
  size,
  block,
  className,
  children,
  disabled = false,
  ...rest
}: ButtonLinkProps<T>) {
  const classes = buttonClass({ variant, size, block }, className);
  if (disabled) {
    return (
      <span className={classes} aria-disabled="true">
        {children}
      </span>
    );
  }
  return (
    <Link {...rest} className={classes}>
      <ButtonFace variant={variant} busy={false}>
        {children}
      </ButtonFace>
    </Link>
  );
}
