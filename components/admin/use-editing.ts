import { useLayoutEffect, useRef, useState } from "react";
import { followSaved, type TextFields } from "./follow-saved";

/**
 * What a form was begun from, against what is saved now. A page that brings newer fields does not touch what was typed; it shows
 * a conflict, until the reader takes theirs or keeps their own. Without a conflict the form follows (`followSaved`).
 */
export function useEditing(saved: TextFields, version: number, yielding: readonly string[] = []) {
  const form = useRef<HTMLFormElement>(null);
  const now = { fields: saved, version };
  const [began, setBegan] = useState({ ...now, round: 0, hasFollowed: false });
  const [sent, setSent] = useState(saved);
  const readTyped = () => (form.current ? fieldsOf(form.current, saved) : saved);
  useAnswer(version, () => {
    const typed = readTyped();
    setBegan((before) => {
      const after = followSaved(before, now, typed, yielding);
      return { ...before, ...after, hasFollowed: after.version > before.version };
    });
  });
  return {
    /** For the form, to read what is typed. */
    ref: form,
    /** The form's fields begin with these; `round` is its key, so that taking theirs fills it anew. */
    fields: began.fields,
    version: began.version,
    round: began.round,
    /** What was last sent. */
    sent,
    isOvertaken: version > began.version,
    /** Since it was sent, the form has followed to a newer version: sent again, it undoes nothing. */
    hasFollowed: began.hasFollowed,
    /** Everything as somebody else saved it. */
    take: () => setBegan({ ...now, round: began.round + 1, hasFollowed: false }),
    /** What was typed is to replace theirs. */
    keep: () => setBegan({ ...began, version, hasFollowed: false }),
    noteSent: () => {
      setSent(readTyped());
      setBegan((before) => ({ ...before, hasFollowed: false }));
    },
    /** The save went through: what was sent is what is saved, until the page brings it. */
    noteSaved: (newVersion: number) => {
      const after = followSaved({ fields: sent, version: newVersion }, now, readTyped(), yielding);
      setBegan((before) => ({ ...before, ...after }));
    },
  };
}

function fieldsOf(form: HTMLFormElement, saved: TextFields): TextFields {
  const typed = new FormData(form);
  return Object.fromEntries(Object.keys(saved).map((name) => [name, String(typed.get(name) ?? "")]));
}

/** Calls `handle` once for each new answer, before the page is painted: a conflict that ends here is never seen. */
export function useAnswer<S>(answer: S, handle: (answer: S) => void) {
  const [handled, setHandled] = useState(answer);
  useLayoutEffect(() => {
    if (answer === handled) return;
    setHandled(answer);
    handle(answer);
  }, [answer, handled, handle]);
}
