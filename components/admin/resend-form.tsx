import { useEffect } from "react";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { showToast } from "@/components/ui/toast";
import { useFormAction } from "@/components/ui/use-form-action";
import type { CommonRejection, FormAction } from "@/lib/action";

type Props<T, Code extends string> = {
  readonly action: FormAction<T, Code>;
  /** What is sent again, and how often it was; not typed by anybody. */
  readonly about: Readonly<Record<string, string | number>>;
  readonly name: string;
  /** Said when it is on its way. */
  readonly done: string;
  readonly messages: Readonly<Record<Code | CommonRejection, string>>;
};

/** "Send again", beside what it sends. */
export function ResendForm<T, Code extends string>({ action, about, name, done, messages }: Props<T, Code>) {
  const { state, form } = useFormAction(action);
  useEffect(() => {
    if (state?.ok) showToast({ message: `${name}: ${done}` });
  }, [state, name, done]);
  return (
    <Form {...form} className="grid justify-items-end gap-1">
      {Object.entries(about).map(([field, value]) => (
        <input key={field} type="hidden" name={field} value={value} />
      ))}
      <SubmitButton size="small" busyLabel="Sending">
        Send again<span className="sr-only">: {name}</span>
      </SubmitButton>
      {state && !state.ok ? (
        <p role="alert" className="text-xs font-medium text-danger">
          {messages[state.error.code]}
        </p>
      ) : null}
    </Form>
  );
}
