import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { cliOperations } from "./cli-operations";
import type { Shape } from "./shape";

export interface Operation {
  params: Shape;
  answer: Shape;
}

type Line =
  | { origin: string; version: string }
  | { operation: string; params: Shape; answer: Shape }
  | { def: string; is: Shape }
  | { expandable: string; paths: string[] };

export interface Schema {
  /** By "POST /v1/refunds/{id}". */
  operations: ReadonlyMap<string, Operation>;
  definitions: ReadonlyMap<string, Shape>;
  /** By object name: the dotted paths that `expand[]` may turn from ids into objects. */
  expandable: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Expandable too, though the declarations the file is derived from do not mark them. */
const ALSO_EXPANDABLE: Record<string, string[]> = { balance_transaction: ["source"] };

function load(): Schema {
  const operations = new Map<string, Operation>();
  const definitions = new Map<string, Shape>();
  const expandable = new Map<string, Set<string>>(
    Object.entries(ALSO_EXPANDABLE).map(([name, paths]) => [name, new Set(paths)]),
  );
  const file = fileURLToPath(new URL("./stripe-schema.jsonl", import.meta.url));
  for (const text of readFileSync(file, "utf8").split("\n")) {
    if (text === "") continue;
    const line: Line = JSON.parse(text);
    if ("operation" in line) operations.set(line.operation, line);
    else if ("def" in line) definitions.set(line.def, line.is);
    else if ("expandable" in line) {
      const known = expandable.get(line.expandable) ?? new Set();
      expandable.set(line.expandable, new Set([...known, ...line.paths]));
    }
  }
  for (const [name, operation] of cliOperations) operations.set(name, operation);
  return { operations, definitions, expandable };
}

export const schema: Schema = load();

/** Follows references until a shape that says what it is. */
export function resolve(shape: Shape): Exclude<Shape, { ref: string }> {
  let found = shape;
  while (typeof found === "object" && "ref" in found) {
    const target = schema.definitions.get(found.ref);
    if (target === undefined) throw new Error(`stripe-schema.jsonl lacks ${found.ref}`);
    found = target;
  }
  return found;
}
