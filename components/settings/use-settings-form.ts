import { useActionState } from "react";
import { type Message, problemsOf } from "@/components/identity/rejections";
import type { ActionState, CommonRejection, FormAction } from "@/lib/action";

/** What a form of the settings has in common with the others: its state, and what went wrong in words. */
export function useSettingsForm<T, Code extends string>(
  post: FormAction<T, Code>,
  messages: Readonly<Record<Code | CommonRejection, Message>>,
) {
  const [state, action] = useActionState<ActionState<T, Code>, FormData>(post, null);
  const refusal = state && !state.ok ? state.error : null;
  return { action, state, refusal, ...problemsOf(refusal, messages) };
}
