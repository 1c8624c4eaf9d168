import { type FormEvent, startTransition, useActionState } from "react";
import type { ActionState, FormAction } from "@/lib/action";
import { useAttempt } from "./use-attempt";

/**
 * A form that keeps what was typed whatever its action answers: React empties a form after an action, controlled choices
 * included, unless it is sent by hand. Without scripts it posts as any form does.
 */
export function useKeptForm<T, Code extends string>(action: FormAction<T, Code>) {
  const [state, act, pending] = useActionState<ActionState<T, Code>, FormData>(action, null);
  const attempt = useAttempt(state);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    const form = new FormData(event.currentTarget);
    startTransition(() => act(form));
  };
  return { state, pending, attempt, form: { action: act, onSubmit, noValidate: true } };
}
