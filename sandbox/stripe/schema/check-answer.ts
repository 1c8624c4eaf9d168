import { resolve } from "./schema";
import type { Shape } from "./shape";

/** Where an answer differs from Stripe's description: "charge.outcome: missing". Empty when it conforms. */
export function checkAnswer(shape: Shape, value: unknown, path = "answer"): string[] {
  const plain = resolve(shape);
  if (plain === "any") return [];
  if (plain === "integer") return Number.isInteger(value) ? [] : [`${path}: ${show(value)} is no integer`];
  if (typeof plain === "string")
    return typeof value === plain ? [] : [`${path}: ${show(value)} is no ${plain}`];
  if ("nullable" in plain) return value === null ? [] : checkAnswer(plain.nullable, value, path);
  if ("enum" in plain)
    return plain.enum.some((one) => one === value)
      ? []
      : [`${path}: ${show(value)} is none of the allowed values`];
  if ("union" in plain) return checkUnion(plain.union, value, path);
  if ("array" in plain) {
    if (!Array.isArray(value)) return [`${path}: ${show(value)} is no array`];
    return value.flatMap((item, index) => checkAnswer(plain.array, item, `${path}[${index}]`));
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return [`${path}: ${show(value)} is no object`];
  const entries = Object.entries(value);
  if ("map" in plain) return entries.flatMap(([name, one]) => checkAnswer(plain.map, one, `${path}.${name}`));
  const missing = (plain.required ?? []).filter((name) => !Object.hasOwn(value, name));
  return [
    ...missing.map((name) => `${path}.${name}: missing`),
    ...entries.flatMap(([name, one]) => {
      const property = plain.object[name];
      return property === undefined
        ? [`${path}.${name}: unknown`]
        : checkAnswer(property, one, `${path}.${name}`);
    }),
  ];
}

/** Conforms when any option does; else the complaints of the option that fits best, objects against objects. */
function checkUnion(options: Shape[], value: unknown, path: string): string[] {
  const isObject = typeof value === "object" && value !== null;
  const alike = options.filter((option) => isObject === (typeof resolve(option) !== "string"));
  const complaints = (alike.length > 0 ? alike : options).map((option) => checkAnswer(option, value, path));
  return complaints.sort((a, b) => a.length - b.length)[0] ?? [];
}

function show(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 60) ?? "undefined";
}
