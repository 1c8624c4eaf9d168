import type { CodeError } from "./reports";

/**
 * Where SQLite's complaint points to. SQLite names the word it stumbled over, not its place: the place is the first
 * occurrence up to which the text makes it stumble over the same word. `complain` prepares a text and answers the message.
 */
export function locateSqlError(
  sql: string,
  message: string,
  complain: (text: string) => string | null,
): CodeError {
  const at = findOffset(sql, message, complain);
  if (at === null) return { message, trace: "", line: null, column: null };
  const before = sql.slice(0, at).split("\n");
  return { message, trace: "", line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function findOffset(sql: string, message: string, complain: (text: string) => string | null): number | null {
  if (message === "incomplete input") return sql.trimEnd().length;
  const near = /^near "([\s\S]+)": syntax error$/.exec(message)?.[1];
  if (near !== undefined) {
    const places = occurrences(sql, near);
    const guilty = places.find((at) => complain(sql.slice(0, at + near.length)) === message);
    return guilty ?? places[0] ?? null;
  }
  const token = /^unrecognized token: "([\s\S]+)"$/.exec(message)?.[1];
  if (token !== undefined) return occurrences(sql, token)[0] ?? null;
  const name = /^(?:no such (?:column|table|function|index)|ambiguous column name): (\S+)/.exec(message)?.[1];
  return name === undefined ? null : findName(sql, name);
}

function occurrences(sql: string, part: string): number[] {
  const found: number[] = [];
  for (let at = sql.indexOf(part); at !== -1; at = sql.indexOf(part, at + 1)) found.push(at);
  return found;
}

/** A name outside text and comments; a qualified one also where only its last part stands. */
function findName(sql: string, name: string): number | null {
  const code = sql.replace(/'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\//g, (part) => " ".repeat(part.length));
  for (const part of [name, name.split(".").at(-1) ?? name]) {
    const pattern = new RegExp(`(?<![\\w.])${part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?!\\w)`, "i");
    const at = pattern.exec(code)?.index;
    if (at !== undefined) return at;
  }
  return null;
}
