/** A file of the repository as the rules look at it. */
export type Source = {
  /** From the repository root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** The text with comments and what stands in quotes blanked out; lines and columns stay. */
  readonly code: string;
  readonly imports: readonly Import[];
};

export type Import = {
  readonly specifier: string;
  /** Erased by the compiler: nothing is loaded. */
  readonly typeOnly: boolean;
  readonly line: number;
};

export function readSource(path: string, text: string): Source {
  const { code, isText } = blank(text);
  return { path, text, code, imports: isModule(path) ? findImports(text, code, isText) : [] };
}

/** Counted from 1. */
export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}

const isModule = (path: string) => /\.(tsx?|mts|mjs|js)$/.test(path);

const STATEMENTS = [
  /\b(?:import|export)\s+(type\s+)?([^;"'`]*?)\bfrom\s*(?=["'])/g,
  /\b(import)\s*(?=["'])/g,
  /\b(import|require)\s*\(\s*(?=["'`])/g,
];

/** Statements are looked for in the blanked code, so that none is found in a comment or a string. */
function findImports(text: string, code: string, isText: (index: number) => boolean): Import[] {
  const found = STATEMENTS.flatMap((statement) => [...code.matchAll(statement)]);
  return found
    .filter((match) => !isText(match.index))
    .map((match) => {
      const start = match.index + match[0].length;
      const end = text.indexOf(text.charAt(start), start + 1);
      return {
        specifier: text.slice(start + 1, end),
        typeOnly: /^type\s/.test(match[1] ?? "") || namesTypesOnly(match[2]),
        line: lineAt(text, match.index),
      };
    });
}

/** `{ type A, type B }` */
function namesTypesOnly(clause: string | undefined): boolean {
  const names = /^\s*\{([^}]*)\}\s*$/.exec(clause ?? "")?.[1]?.split(",");
  const listed = names?.map((name) => name.trim()).filter((name) => name !== "") ?? [];
  return listed.length > 0 && listed.every((name) => name.startsWith("type "));
}

/** What may stand before a regular expression; before a division stands a value. In JSX `<` and `}` come before `/`. */
const BEFORE_REGEX = /(?:^|[(,=:[!&|?;+{]|=>|\breturn|\bcase)\s*$/;

/**
 * One pass over the characters. A quotation mark opens a string that ends on its line at the latest, so that an apostrophe
 * in JSX text blanks no more than the rest of its line.
 */
function blank(text: string) {
  const out = text.split("");
  const literal = new Uint8Array(text.length);
  const templates: number[] = [];
  let depth = 0;
  let index = 0;
  const erase = (end: number, keepEdges = false) => {
    for (let at = index; at < end; at += 1) {
      literal[at] = 1;
      const isEdge = keepEdges && (at === index || at === end - 1);
      if (text[at] !== "\n" && !isEdge) out[at] = " ";
    }
    index = end;
  };
  const templateText = () => {
    const { end, opens } = endOfTemplate(text, index + 1);
    erase(end, true);
    if (opens) templates.push(depth);
  };
  while (index < text.length) {
    const rest = text.slice(index, index + 2);
    const char = rest.charAt(0);
    if (rest === "//") erase(endOf(text, "\n", index));
    else if (rest === "/*") erase(endOf(text, "*/", index + 2) + 2);
    else if (char === '"' || char === "'") erase(endOfString(text, index), true);
    else if (char === "`") templateText();
    else if (char === "}" && templates.at(-1) === depth) {
      templates.pop();
      templateText();
    } else if (char === "/" && BEFORE_REGEX.test(text.slice(Math.max(0, index - 20), index))) {
      erase(endOfRegex(text, index), true);
    } else {
      if (char === "{") depth += 1;
      if (char === "}") depth -= 1;
      index += 1;
    }
  }
  return { code: out.join(""), isText: (at: number) => literal[at] === 1 };
}

function endOf(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at === -1 ? text.length : at;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === text[start]) return at + 1;
    else if (text[at] === "\n") return at;
  }
  return text.length;
}

/** Up to the closing backtick, or to the `${` that opens an expression. */
function endOfTemplate(text: string, from: number): { end: number; opens: boolean } {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === "`") return { end: at + 1, opens: false };
    else if (text.startsWith("${", at)) return { end: at + 2, opens: true };
  }
  return { end: text.length, opens: false };
}

function endOfRegex(text: string, start: number): number {
  let inClass = false;
  for (let at = start + 1; at < text.length && text[at] !== "\n"; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === "[") inClass = true;
    else if (text[at] === "]") inClass = false;
    else if (text[at] === "/" && !inClass) return at + 1;
  }
  return start + 1;
}
