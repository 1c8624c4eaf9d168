export type TextFields = Readonly<Record<string, string>>;

/** What a form was begun from: its fields as they were saved, and the version they were saved as. */
export type Basis = { readonly fields: TextFields; readonly version: number };

/**
 * What a form stands on once the page brings a newer version. It follows where nothing unseen would be overwritten: every
 * field is saved as the form began from it, or it is a `yielding` one that the reader left alone. Otherwise it stays.
 */
export function followSaved(began: Basis, now: Basis, typed: TextFields, yielding: readonly string[]): Basis {
  if (now.version < began.version) return began;
  // One's own save, as the server wrote it: trimmed, an amount with its decimals.
  if (now.version === began.version) return now;
  const mayFollow = Object.entries(now.fields).every(([name, saved]) => {
    if (saved === began.fields[name] || saved === typed[name]) return true;
    return yielding.includes(name) && typed[name] === began.fields[name];
  });
  return mayFollow ? now : began;
}
