import { clsx } from "clsx";
import type { ComponentProps, ReactNode } from "react";
import { describedBy, Field, inputClass } from "./field";

type TextAreaFieldProps = Omit<ComponentProps<"textarea">, "id" | "name" | "className"> & {
  readonly name: string;
  /** Default: the name. Needed only when two forms of a page share a name. */
  readonly id?: string;
  readonly label: ReactNode;
  readonly help?: ReactNode;
  readonly error?: string;
  /** For what is written by its columns, such as YAML. */
  readonly code?: boolean;
};

/** A labelled box for several lines. */
export function TextAreaField({
  name,
  id = name,
  label,
  help,
  error,
  code = false,
  rows = 4,
  ...rest
}: TextAreaFieldProps) {
  return (
    <Field id={id} label={label} help={help} error={error}>
      <textarea
        {...rest}
        {...describedBy(id, { help, error })}
        id={id}
        name={name}
        rows={rows}
        className={clsx(inputClass, code && "font-mono")}
      />
    </Field>
  );
}
