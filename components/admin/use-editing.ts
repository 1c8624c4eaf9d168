import { type FormEvent, useEffect, useState } from "react";

export type TextFields = Readonly<Record<string, string>>;

/**
 * What a form was begun from, against what is saved now. A page that brings newer fields does not touch what was typed; it shows
 * a conflict, until the reader takes theirs or keeps their own.
 */
export function useEditing(saved: TextFields, version: number) {
  const [began, setBegan] = useState({ fields: saved, version, round: 0 });
  const [sent, setSent] = useState<TextFields>(saved);
  return {
    /** The form's fields begin with these; `round` is its key, so that taking theirs fills it anew. */
    fields: began.fields,
    version: began.version,
    round: began.round,
    /** What was last sent. */
    sent,
    isOvertaken: version > began.version,
    /** Everything as somebody else saved it. */
    take: () => setBegan({ fields: saved, version, round: began.round + 1 }),
    /** What was typed is to replace theirs. */
    keep: () => setBegan({ ...began, version }),
    noteSent: (event: FormEvent<HTMLFormElement>) => {
      const entries = [...new FormData(event.currentTarget)];
      const typed = entries.filter((entry): entry is [string, string] => typeof entry[1] === "string");
      setSent({
        ...Object.fromEntries(Object.keys(saved).map((name) => [name, ""])),
        ...Object.fromEntries(typed),
      });
    },
    /** The save went through: what was sent is what is saved. */
    noteSaved: (newVersion: number) => setBegan({ ...began, fields: sent, version: newVersion }),
  };
}

/** Calls `handle` once for each new answer of an action. */
export function useAnswer<S>(answer: S, handle: (answer: S) => void) {
  const [handled, setHandled] = useState(answer);
  useEffect(() => {
    if (answer === handled) return;
    setHandled(answer);
    handle(answer);
  }, [answer, handled, handle]);
}
