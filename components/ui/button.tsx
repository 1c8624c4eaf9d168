import { clsx } from "clsx";
import type { Route } from "next";
import type { ComponentProps, ReactNode } from "react";
import { type ButtonLook, type ButtonVariant, buttonClass } from "./button-class";
import { Link } from "./link";

type ButtonProps = ButtonLook &
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
      {variant === "done" ? <Tick /> : null}
      {children}
    </>
  );
  if (!busy && busyLabel === undefined) return content;
  const layer = "col-start-1 row-start-1 inline-flex items-center justify-center gap-2";
  return (
    <span className="inline-grid">
      <span className={clsx(layer, busy && "invisible")}>{content}</span>
      <span className={clsx(layer, !busy && "invisible")}>
        <Spinner isTurning={busy} />
        {busyLabel ?? children}
      </span>
    </span>
  );
}

/* Both drawn here: an icon inside a client component would bring the icon set's own code to every public page. */

function Tick() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className="lucide fill-none stroke-current">
      <path d="m4.5 12.5 5 5 10-11" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

/** Still while nobody sees it: an animation keeps a browser drawing. */
function Spinner({ isTurning }: { readonly isTurning: boolean }) {
  return (
    <span
      className={clsx(
        "size-4.5 rounded-full border-[1.5px] border-current border-r-transparent",
        isTurning && "animate-spin",
      )}
    />
  );
}

type ButtonLinkProps<T extends string> = ButtonLook &
  Omit<ComponentProps<"a">, "href"> & {
    readonly href: Route<T>;
    readonly prefetch?: false;
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
