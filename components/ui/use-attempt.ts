import { useState } from "react";

/** Counts the answers a form has had, as a key: whatever announces one is mounted anew for the next. */
export function useAttempt(answer: unknown): number {
  const [last, setLast] = useState({ answer, attempt: 0 });
  if (last.answer === answer) return last.attempt;
  const next = { answer, attempt: last.attempt + 1 };
  setLast(next);
  return next.attempt;
}
