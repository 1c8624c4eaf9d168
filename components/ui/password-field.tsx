"use client";

import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { describedBy, Field, TextInput } from "./field";
import { IconButton } from "./icon-button";

type PasswordFieldProps = Omit<ComponentProps<typeof Field>, "id" | "children"> &
  Omit<ComponentProps<"input">, "id" | "name" | "type" | "className" | "autoComplete"> & {
    readonly name?: string;
    readonly id?: string;
    /** Tells password managers whether to fill or to suggest. */
    readonly autoComplete: "current-password" | "new-password";
  };

/** A password with a button that shows and hides it. Without scripts it is a plain password field. */
export function PasswordField({
  name = "password",
  id = name,
  label,
  help,
  error,
  aside,
  hideLabel,
  className,
  ...rest
}: PasswordFieldProps) {
  const [shown, setShown] = useState(false);
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
      <div className="relative">
        <TextInput
          spellCheck={false}
          autoCapitalize="none"
          {...rest}
          {...describedBy(id, { help, error })}
          id={id}
          name={name}
          type={shown ? "text" : "password"}
          className="pr-12"
        />
        <IconButton
          label={shown ? "Hide the password" : "Show the password"}
          className="absolute! top-0 right-0"
          onClick={() => setShown(!shown)}
          data-needs-script
        >
          {shown ? <EyeOff /> : <Eye />}
        </IconButton>
      </div>
    </Field>
  );
}
