"use client";

import { useEffect } from "react";
import type { ButtonVariant } from "@/components/ui/button-class";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { showToast } from "@/components/ui/toast";
import { useFormAction } from "@/components/ui/use-form-action";
import type { CommonRejection, FormAction } from "@/lib/action";

type Props<T, C extends string> = {
  readonly action: FormAction<T, C>;
  readonly fields: Readonly<Record<string, string>>;
  readonly label: string;
  /** For screen readers: which of several. */
  readonly of?: string;
  /** Said when it is done. */
  readonly done: string;
  /** Said when it was not. */
  readonly texts: Readonly<Record<C | CommonRejection, string>>;
  readonly variant?: ButtonVariant;
  readonly small?: boolean;
};

/** One button that does one thing. */
export function PressButton<T, C extends string>({
  action,
  fields,
  label,
  of,
  done,
  texts,
  variant,
  small = false,
}: Props<T, C>) {
  const { state, form } = useFormAction(action);
  useEffect(() => {
    if (state?.ok) showToast({ message: done });
  }, [state, done]);
  return (
    <Form {...form} className="grid gap-1">
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <SubmitButton variant={variant} size={small ? "small" : "medium"}>
        {label}
        {of ? <span className="sr-only">: {of}</span> : null}
      </SubmitButton>
      {state && !state.ok ? (
        <p role="alert" className="max-w-60 text-xs font-medium text-danger">
          {texts[state.error.code]}
        </p>
      ) : null}
    </Form>
  );
}
