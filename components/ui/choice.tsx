import { clsx } from "clsx";
import type { Route } from "next";
import type { ComponentProps, ReactNode } from "react";
import { FieldError } from "./field";
import { Link } from "./link";

/** The control itself lies invisible over its whole 44 px label; what is seen is drawn beside it. */
const control =
  "peer absolute inset-0 m-0 size-full cursor-pointer appearance-none opacity-0 disabled:cursor-not-allowed";
const box = clsx(
  "relative size-5 flex-none border border-field-line bg-surface",
  "before:absolute before:hidden before:content-[''] peer-checked:border-accent peer-checked:before:block",
  "peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-accent",
  "peer-disabled:bg-sunken peer-aria-invalid:border-danger",
);
const tick =
  "rounded-sm peer-checked:bg-accent before:top-[2px] before:left-[6px] before:h-[11px] before:w-[6px] before:rotate-45 before:border-r-2 before:border-b-2 before:border-accent-ink";
const dot = "rounded-full before:inset-[3.5px] before:rounded-full before:bg-accent";
const frame = "relative inline-flex min-h-target items-center gap-3 text-sm";

type ChoiceProps = Omit<ComponentProps<"input">, "type"> & {
  readonly label: ReactNode;
  readonly error?: string;
};

/** A 20 px box inside a 44 px label. */
export function Checkbox({ label, error, id, className, ...rest }: ChoiceProps) {
  const errorId = error && rest.name ? `${id ?? rest.name}-error` : undefined;
  return (
    <div className={className}>
      <label className={frame}>
        <input
          {...rest}
          id={id}
          type="checkbox"
          aria-invalid={error ? true : undefined}
          aria-describedby={errorId}
          className={control}
        />
        <span aria-hidden="true" className={clsx(box, tick)} />
        <span>{label}</span>
      </label>
      {error ? <FieldError id={errorId}>{error}</FieldError> : null}
    </div>
  );
}

/** One of several; give all of a group the same `name` and put them into a `fieldset` with a legend. */
export function Radio({ label, className, ...rest }: Omit<ChoiceProps, "error">) {
  return (
    <label className={clsx(frame, className)}>
      <input {...rest} type="radio" className={control} />
      <span aria-hidden="true" className={clsx(box, dot)} />
      <span>{label}</span>
    </label>
  );
}

const segments =
  "flex max-w-full flex-wrap gap-0.5 rounded-md border border-hairline bg-sunken p-[3px] lg:inline-flex";
const segment =
  "relative inline-flex min-h-target min-w-target flex-[1_0_auto] cursor-pointer items-center justify-center rounded-sm px-2 text-sm font-medium whitespace-nowrap no-underline hover:text-ink lg:min-h-dense lg:flex-none lg:px-4";

type SegmentedControlProps = {
  readonly name: string;
  readonly legend: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly defaultValue: string;
  readonly className?: string;
};

/** Two to four choices side by side: radio buttons, so that it works in any GET form. */
export function SegmentedControl({ name, legend, options, defaultValue, className }: SegmentedControlProps) {
  return (
    <fieldset className={clsx("min-w-0", className)}>
      <legend className="mb-1.5 text-sm leading-snug font-medium">{legend}</legend>
      <div className={segments}>
        {options.map(({ value, label }) => (
          <label
            key={value}
            className={clsx(
              segment,
              "text-ink-soft has-checked:bg-surface has-checked:text-ink has-checked:shadow-[0_0_0_1px_var(--color-hairline-strong)]",
              "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent",
            )}
          >
            <input
              type="radio"
              name={name}
              value={value}
              defaultChecked={value === defaultValue}
              className="absolute inset-0 m-0 cursor-pointer appearance-none opacity-0"
            />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

type SegmentedLinksProps<T extends string> = {
  readonly label: string;
  readonly items: readonly { readonly href: Route<T>; readonly label: string; readonly current?: boolean }[];
};

/** The same look as links, when the choice is a page or a search of its own. */
export function SegmentedLinks<T extends string>({ label, items }: SegmentedLinksProps<T>) {
  return (
    <nav aria-label={label} className={segments}>
      {items.map((item) => (
        <Link
          key={item.href}
          href={item.href}
          aria-current={item.current ? "page" : undefined}
          className={clsx(
            segment,
            item.current
              ? "bg-surface text-ink shadow-[0_0_0_1px_var(--color-hairline-strong)]"
              : "text-ink-soft",
          )}
        >
          {item.label}
        </Link>
      ))}
    </nav>
  );
}
