import { TextField } from "@/components/ui/field";

type EmailFieldProps = {
  readonly name?: string;
  readonly label?: string;
  readonly help?: string;
  readonly autoComplete?: "username" | "email";
  readonly defaultValue: string | undefined;
  readonly error: string | undefined;
};

/** An e-mail address, as keyboards, password managers and spell checkers should treat one. */
export function EmailField({
  name = "email",
  label = "E-mail address",
  autoComplete = "username",
  ...rest
}: EmailFieldProps) {
  return (
    <TextField
      {...rest}
      name={name}
      label={label}
      type="email"
      inputMode="email"
      autoComplete={autoComplete}
      autoCapitalize="none"
      spellCheck={false}
      required
      maxLength={254}
    />
  );
}
