/** `a[b][0][c]=x` as Stripe's clients write it, decoded to nested objects (arrays keep their indexes as names). */
export type FormValue = string | { [name: string]: FormValue };

const DEEPEST = 12;

export function decodeForm(text: string): { [name: string]: FormValue } {
  const form: { [name: string]: FormValue } = Object.create(null);
  for (const [key, value] of new URLSearchParams(text)) {
    const path = [...key.matchAll(/(?:^|\[)([^[\]]*)\]?/g)].map((match) => match[1] ?? "");
    if (path.length <= DEEPEST) place(form, path, value);
  }
  return form;
}

function place(form: { [name: string]: FormValue }, path: string[], value: string): void {
  let at = form;
  for (const [depth, part] of path.entries()) {
    const name = part === "" ? String(Object.keys(at).length) : part;
    if (depth === path.length - 1) {
      at[name] = value;
      return;
    }
    const existing = at[name];
    const next: { [name: string]: FormValue } = typeof existing === "object" ? existing : Object.create(null);
    at[name] = next;
    at = next;
  }
}
