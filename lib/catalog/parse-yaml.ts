import { isMap, isNode, isScalar, LineCounter, type Node, parseDocument } from "yaml";
import type { z } from "zod";
import type { ContentProblem } from "./schema";

type Path = readonly PropertyKey[];

/** A YAML text that knows on which line each of its values stands. */
export type YamlSource = {
  readonly value: unknown;
  readonly syntaxProblems: readonly ContentProblem[];
  /** The line of the value at `path`; of its nearest parent when it is missing. */
  readonly lineOf: (path: Path) => number;
  readonly lineOfKey: (path: Path, key: string) => number;
};

/** Reads `text`, which begins on line `firstLine` of `file`. Never throws. */
export function readYaml(file: string, text: string, firstLine = 1): YamlSource {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const lineAt = (offset: number) => lines.linePos(offset).line + firstLine - 1;
  const syntaxProblems = document.errors.map((error) => ({
    file,
    line: lineAt(error.pos[0]),
    reason: firstSentence(error.message),
  }));
  const nodeAt = (path: Path): Node | null => {
    for (let length = path.length; length >= 0; length -= 1) {
      const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return node;
    }
    return null;
  };
  const lineOf = (path: Path) => lineAt(nodeAt(path)?.range?.[0] ?? 0);
  const lineOfKey = (path: Path, key: string) => {
    const node = path.length === 0 ? document.contents : document.getIn(path, true);
    const pair = isMap(node)
      ? node.items.find((item) => isScalar(item.key) && item.key.value === key)
      : undefined;
    return pair && isScalar(pair.key) && pair.key.range ? lineAt(pair.key.range[0]) : lineOf(path);
  };
  const value: unknown = syntaxProblems.length > 0 ? undefined : toValue(document);
  return { value, syntaxProblems, lineOf, lineOfKey };
}

/** An alias that would multiply itself counts as nothing. */
function toValue(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 20 });
  } catch {
    return undefined;
  }
}

/** The value of `source` as `schema` wants it, or each problem with its line. */
export function parseYaml<S extends z.ZodType>(
  file: string,
  source: YamlSource,
  schema: S,
):
  | { readonly value: z.output<S>; readonly problems: readonly [] }
  | { readonly value: null; readonly problems: readonly ContentProblem[] } {
  if (source.syntaxProblems.length > 0) return { value: null, problems: source.syntaxProblems };
  const parsed = schema.safeParse(source.value);
  if (parsed.success) return { value: parsed.data, problems: [] };
  return { value: null, problems: parsed.error.issues.flatMap((issue) => toProblems(file, source, issue)) };
}

function toProblems(file: string, source: YamlSource, issue: z.core.$ZodIssue): ContentProblem[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      file,
      line: source.lineOfKey(issue.path, key),
      reason: `${nameOf([...issue.path, key])}: is not a known field`,
    }));
  }
  const missing = issue.code === "invalid_type" && valueAt(source.value, issue.path) === undefined;
  const message = missing ? "is missing" : issue.message.replace(/^Invalid (input|option): /, "");
  return [{ file, line: source.lineOf(issue.path), reason: `${nameOf(issue.path)}: ${message}` }];
}

/** `tests`, `0`, `call` → `tests[1].call`, counted as a person counts. */
function nameOf(path: Path): string {
  const name = path.reduce<string>(
    (text, part) =>
      typeof part === "number" ? `${text}[${part + 1}]` : `${text}${text ? "." : ""}${String(part)}`,
    "",
  );
  return name || "the file";
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, part) =>
      typeof inner === "object" && inner !== null ? (inner as Record<PropertyKey, unknown>)[part] : undefined,
    value,
  );
}

function firstSentence(message: string): string {
  return (message.split("\n")[0] ?? message).replace(/ at line \d+, column \d+:?$/, "");
}
