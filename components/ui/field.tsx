import { clsx } from "clsx";
import { ChevronDown, CircleAlert } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";

export const inputClass = clsx(
  "w-full min-w-0 min-h-target rounded-md border border-field-line bg-surface px-3 py-2 text-base leading-snug text-ink transition-colors",
  "placeholder:text-ink-muted placeholder:opacity-100 hover:border-ink-muted",
  "focus:border-accent focus:outline-2 focus:-outline-offset-1 focus:outline-accent",
  "aria-invalid:border-danger aria-invalid:shadow-[inset_0_0_0_1px_var(--color-danger)]",
  "disabled:cursor-not-allowed disabled:bg-sunken disabled:text-ink-muted",
);

type FieldFrame = {
  /** Also the base of the ids of help and error. */
  readonly id: string;
  readonly label: ReactNode;
  readonly help?: ReactNode;
  /** What is wrong, in one sentence. Replaces the help while it stands. */
  readonly error?: string;
  /** Right of the label, such as a "Forgot it?" link. */
  readonly aside?: ReactNode;
  /** The label is for screen readers only (a search box with an icon). */
  readonly hideLabel?: boolean;
  readonly className?: string;
};

/** Label above, help or error below. The control inside takes `describedBy(id, …)` to be tied to them. */
export function Field({
  id,
  label,
  help,
  error,
  aside,
  hideLabel = false,
  className,
  children,
}: FieldFrame & { readonly children: ReactNode }) {
  const text = (
    <label htmlFor={id} className={hideLabel ? "sr-only" : "text-sm leading-snug font-medium"}>
      {label}
    </label>
  );
  return (
    <div className={clsx("grid content-start gap-1.5", className)}>
      {aside ? (
        <div className="flex items-center justify-between gap-2 text-sm max-md:-mt-3 max-md:-mb-1.5 [&_a]:inline-flex [&_a]:items-center max-md:[&_a]:min-h-target">
          {text}
          {aside}
        </div>
      ) : (
        text
      )}
      {children}
      {error ? (
        <FieldError id={`${id}-error`}>{error}</FieldError>
      ) : help ? (
        <FieldHelp id={`${id}-help`}>{help}</FieldHelp>
      ) : null}
    </div>
  );
}

/** The attributes that tie a control to its help or error. */
export function describedBy(
  id: string,
  { help, error }: { readonly help?: ReactNode; readonly error?: string },
) {
  if (error) return { "aria-invalid": true, "aria-describedby": `${id}-error` } as const;
  return help ? ({ "aria-describedby": `${id}-help` } as const) : {};
}

export function FieldHelp({ id, children }: { readonly id?: string; readonly children: ReactNode }) {
  return (
    <p id={id} className="text-xs text-ink-muted">
      {children}
    </p>
  );
}

export function FieldError({ id, children }: { readonly id?: string; readonly children: ReactNode }) {
  return (
    <p id={id} className="flex gap-1.5 text-xs font-medium text-danger">
      <CircleAlert className="mt-px size-4!" />
      <span>{children}</span>
    </p>
  );
}

/** A bare text control; usually `TextField`. */
export function TextInput({ className, ...rest }: ComponentProps<"input">) {
  return <input {...rest} className={clsx(inputClass, className)} />;
}

type TextFieldProps = Omit<FieldFrame, "id"> &
  Omit<ComponentProps<"input">, "id" | "name" | "className"> & {
    readonly name: string;
    /** Default: the name. Needed only when two forms of a page share a name. */
    readonly id?: string;
    /** A lucide icon inside, on the left (search). */
    readonly icon?: ReactNode;
  };

/** A labelled text field, wired for help, error and autofill. Give `autoComplete` wherever the browser can help. */
export function TextField({
  name,
  id = name,
  label,
  help,
  error,
  aside,
  hideLabel,
  className,
  icon,
  ...rest
}: TextFieldProps) {
  const control = (
    <TextInput
      {...rest}
      {...describedBy(id, { help, error })}
      id={id}
      name={name}
      className={icon ? "pl-10" : undefined}
    />
  );
  return (
    <Field
      id={id}
      label={label}
      help={help}
      error={error}
      aside={aside}
      hideLabel={hideLabel}
      className={className}
    >
      {icon ? (
        <div className="relative">
          <span className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-ink-muted [&_svg]:size-4.5">
            {icon}
          </span>
          {control}
        </div>
      ) : (
        control
      )}
    </Field>
  );
}

type SelectFieldProps = Omit<FieldFrame, "id"> &
  Omit<ComponentProps<"select">, "id" | "name" | "className"> & {
    readonly name: string;
    readonly id?: string;
  };

/** A labelled `select`; its `option`s are the children. For two to four choices rather a `SegmentedControl`. */
export function SelectField({
  name,
  id = name,
  label,
  help,
  error,
  aside,
  hideLabel,
  className,
  children,
  ...rest
}: SelectFieldProps) {
  return (
    <Field
      id={id}
      label={label}
      help={help}
      error={error}
      aside={aside}
      hideLabel={hideLabel}
      className={className}
    >
      <Select {...rest} {...describedBy(id, { help, error })} id={id} name={name}>
        {children}
      </Select>
    </Field>
  );
}

/**
 * A bare `select`; usually `SelectField`. Made anew when its default changes: React resets a form after its action, and a
 * select goes back to the default it was made with, whatever was chosen.
 */
export function Select({ className, children, ...rest }: ComponentProps<"select">) {
  return (
    <div className="relative">
      <select
        key={String(rest.defaultValue)}
        {...rest}
        className={clsx(inputClass, "appearance-none pr-9", className)}
      >
        {children}
      </select>
      <ChevronDown className="pointer-events-none absolute top-1/2 right-2.5 size-4.5! -translate-y-1/2 text-field-line" />
    </div>
  );
}
