import type { FormAction } from "@/lib/action";
import { useFormAction } from "./use-form-action";

/** A form that keeps what was typed whatever its action answers, controlled choices included. */
export function useKeptForm<T, Code extends string>(action: FormAction<T, Code>) {
  const { form, ...rest } = useFormAction(action, true);
  return { ...rest, form: { ...form, noValidate: true } };
}
