import { type Message, problemsOf } from "@/components/identity/rejections";
import { useFormAction } from "@/components/ui/use-form-action";
import type { CommonRejection, FormAction } from "@/lib/action";

/** What a form of the settings has in common with the others: its state, and what went wrong in words. */
export function useSettingsForm<T, Code extends string>(
  post: FormAction<T, Code>,
  messages: Readonly<Record<Code | CommonRejection, Message>>,
) {
  const { state, form } = useFormAction(post);
  const refusal = state && !state.ok ? state.error : null;
  return { form, state, refusal, ...problemsOf(refusal, messages) };
}
