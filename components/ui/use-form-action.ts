import { unstable_isUnrecognizedActionError, unstable_rethrow } from "next/navigation";
import { type FormEvent, startTransition, useActionState, useRef, useState } from "react";
import { requestFormReset } from "react-dom";
import type { ActionState, FormAction } from "@/lib/action";
import { useAttempt } from "./use-attempt";

/** Why a form has no answer that it can show. */
export type Unanswered = {
  /** `broken`: the shop answered with a fault; `renewed`: it is a newer build than the page and does not know the form. */
  readonly why: "unreachable" | "broken" | "renewed" | "signed_out";
  /** Whether there was something to type or choose. */
  readonly hasFields: boolean;
};

/** What `Form` is given of it. */
export type SentForm = {
  readonly action: (form: FormData) => void;
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  readonly unanswered: Unanswered | null;
};

/**
 * A form whose page stays when no answer comes: thrown by an action, an error takes the whole page away and what was typed with
 * it. `Form` says what happened. Sent by hand, since React empties a form that it sends itself, whatever becomes of it; with
 * `keeps` an answer does not empty it either. Without scripts it posts as any form does.
 */
export function useFormAction<T, Code extends string>(action: FormAction<T, Code>, keeps = false) {
  const [unanswered, setUnanswered] = useState<Unanswered | null>(null);
  const sent = useRef<HTMLFormElement>(null);
  const ask = async (previous: ActionState<T, Code>, form: FormData): Promise<ActionState<T, Code>> => {
    const isOver = (why: Unanswered["why"]) => {
      setUnanswered({ why, hasFields: sent.current === null || hasFields(sent.current) });
      return previous;
    };
    try {
      const answer = await action(previous, form);
      if (answer?.ok === false && answer.error.code === "signed_out") return isOver("signed_out");
      if (!keeps) empty(sent.current);
      return answer;
    } catch (error) {
      // A redirect travels as an error.
      unstable_rethrow(error);
      return isOver(reasonOf(error));
    }
  };
  // The server draws the action itself, which the browser can post before, or without, any script.
  const [state, act, pending] = useActionState<ActionState<T, Code>, FormData>(
    typeof window === "undefined" ? action : ask,
    null,
  );
  const attempt = useAttempt(state);
  const send = (form: FormData) => {
    setUnanswered(null);
    startTransition(() => act(form));
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    sent.current = event.currentTarget;
    const { nativeEvent } = event;
    send(
      new FormData(event.currentTarget, nativeEvent instanceof SubmitEvent ? nativeEvent.submitter : null),
    );
  };
  const form: SentForm = { action: act, onSubmit, unanswered };
  return { state, pending, attempt, send, form };
}

/** Next gives what the server threw a digest; what never came from the server has none. */
function reasonOf(error: unknown): Unanswered["why"] {
  if (unstable_isUnrecognizedActionError(error)) return "renewed";
  return error instanceof Error && "digest" in error ? "broken" : "unreachable";
}

function hasFields(form: HTMLFormElement): boolean {
  return Array.from(form.elements).some((one) => one.matches("input:not([type=hidden]), select, textarea"));
}

/** As React does it after an action: together with the answer. */
function empty(form: HTMLFormElement | null) {
  if (form?.isConnected) startTransition(() => requestFormReset(form));
}
