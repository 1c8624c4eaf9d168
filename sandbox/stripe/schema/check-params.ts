/** Turns a decoded form into typed parameters, refusing as Stripe does what its API does not know. */

import type { FormValue } from "../api/form";
import { invalidRequest } from "../stripe-error";
import { resolve } from "./schema";
import type { Shape } from "./shape";

export type Param = string | number | boolean | Param[] | { [name: string]: Param };

/** Throws a StripeError naming the first parameter that is unknown, missing or of the wrong kind. */
export function checkParams(shape: Shape, form: { [name: string]: FormValue }): { [name: string]: Param } {
  const checked = check(shape, form, "");
  if (typeof checked !== "object" || Array.isArray(checked)) throw new Error("parameters are an object");
  return checked;
}

function check(shape: Shape, value: FormValue, path: string): Param {
  const plain = resolve(shape);
  if (plain === "string") return checkString(value, path);
  if (plain === "integer" || plain === "number") return checkNumber(plain, value, path);
  if (plain === "boolean") {
    if (value === "true" || value === "false") return value === "true";
    throw invalidRequest(`Invalid boolean: ${asText(value)}`, { param: path });
  }
  if (plain === "any") return value;
  if ("enum" in plain) return checkEnum([plain], value, path);
  if ("array" in plain) return checkArray(plain.array, value, path);
  if ("map" in plain) return checkMap(plain.map, value, path);
  if ("object" in plain) return checkObject(plain.object, plain.required ?? [], value, path);
  if ("nullable" in plain) return check(plain.nullable, value, path);
  return checkUnion(plain.union, value, path);
}

function checkString(value: FormValue, path: string): string {
  if (typeof value !== "string") throw invalidRequest(`Invalid string: ${asText(value)}`, { param: path });
  if (value !== "") return value;
  const name = path;
  throw invalidRequest(
    `You passed an empty string for '${name}'. We assume empty values are an attempt to unset a parameter; however '${name}' cannot be unset. You should remove '${name}' from your request or supply a non-empty value.`,
    { code: "parameter_invalid_empty", param: path },
  );
}

function checkNumber(kind: "integer" | "number", value: FormValue, path: string): number {
  const pattern = kind === "integer" ? /^-?\d{1,15}$/ : /^-?\d{1,15}(\.\d+)?$/;
  if (typeof value === "string" && pattern.test(value)) return Number(value);
  const code = kind === "integer" ? "parameter_invalid_integer" : undefined;
  throw invalidRequest(`Invalid ${kind}: ${asText(value)}`, { ...(code ? { code } : {}), param: path });
}

function checkEnum(
  shapes: { enum: (string | boolean)[] }[],
  value: FormValue,
  path: string,
): string | boolean {
  const allowed = shapes.flatMap((shape) => shape.enum);
  const found = allowed.find((one) => String(one) === value);
  if (found !== undefined) return found;
  const named = allowed.filter((one) => one !== "").map(String);
  const last = named.at(-1) ?? "";
  const list = named.length > 1 ? `${named.slice(0, -1).join(", ")}, or ${last}` : last;
  throw invalidRequest(`Invalid ${path}: must be ${named.length > 1 ? "one of " : ""}${list}`, {
    param: path,
  });
}

function checkArray(item: Shape, value: FormValue, path: string): Param[] {
  if (typeof value === "string") throw invalidRequest(`Invalid array`, { param: path });
  const entries = Object.entries(value);
  if (entries.some(([index]) => !/^\d+$/.test(index))) throw invalidRequest("Invalid array", { param: path });
  return entries
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([index, one]) => check(item, one, `${path}[${index}]`));
}

const METADATA_LIMITS = { keys: 50, key: 40, value: 500 };

function checkMap(item: Shape, value: FormValue, path: string): Param {
  if (typeof value === "string") throw invalidRequest("Invalid object", { param: path });
  const entries = Object.entries(value);
  const isMetadata = path === "metadata" || path.endsWith("[metadata]");
  if (!isMetadata)
    return Object.fromEntries(entries.map(([name, one]) => [name, check(item, one, `${path}[${name}]`)]));
  if (entries.length > METADATA_LIMITS.keys) {
    throw invalidRequest(`Metadata can have up to ${METADATA_LIMITS.keys} keys`, { param: path });
  }
  for (const [name, one] of entries) {
    const param = `${path}[${name}]`;
    if (typeof one !== "string") throw invalidRequest(`Invalid string: ${asText(one)}`, { param });
    if (name.length > METADATA_LIMITS.key) {
      throw invalidRequest(
        `Metadata key names can be up to ${METADATA_LIMITS.key} characters, and ${name} is ${name.length}`,
        { param },
      );
    }
    if (one.length > METADATA_LIMITS.value) {
      throw invalidRequest(
        `Metadata values can have up to ${METADATA_LIMITS.value} characters, but you passed in a value that is ${one.length} characters`,
        { param },
      );
    }
  }
  return value;
}

function checkObject(
  properties: Record<string, Shape>,
  required: string[],
  value: FormValue,
  path: string,
): Param {
  if (typeof value === "string") throw invalidRequest("Invalid object", { param: path });
  const inside = (name: string) => (path === "" ? name : `${path}[${name}]`);
  const unknown = Object.keys(value)
    .filter((name) => !Object.hasOwn(properties, name))
    .map(inside);
  if (unknown.length > 0) {
    const list = unknown.join(", ");
    throw invalidRequest(`Received unknown parameter${unknown.length > 1 ? "s" : ""}: ${list}`, {
      code: "parameter_unknown",
      ...(unknown[0] === undefined ? {} : { param: unknown[0] }),
    });
  }
  const missing = required.find((name) => value[name] === undefined);
  if (missing !== undefined) {
    throw invalidRequest(`Missing required param: ${inside(missing)}.`, {
      code: "parameter_missing",
      param: inside(missing),
    });
  }
  const checked: { [name: string]: Param } = {};
  for (const [name, one] of Object.entries(value)) {
    const shape = properties[name];
    if (shape !== undefined) checked[name] = check(shape, one, inside(name));
  }
  return checked;
}

function checkUnion(options: Shape[], value: FormValue, path: string): Param {
  const plain = options.map(resolve);
  if (typeof value === "string") {
    const enums = plain.flatMap((option) => (typeof option === "object" && "enum" in option ? [option] : []));
    if (enums.some((option) => option.enum.includes(value))) return value;
    const scalar = plain.filter((option) => typeof option === "string");
    if (scalar.includes("integer") && /^-?\d+$/.test(value)) return Number(value);
    const [first] = scalar.includes("string") ? (["string"] as const) : scalar;
    if (first !== undefined) return check(first, value, path);
    if (enums.length > 0 && enums.some((option) => option.enum.some((one) => one !== "")))
      return checkEnum(enums, value, path);
  }
  const composite = plain.find((option) => typeof option === "object" && !("enum" in option));
  return check(composite ?? plain[0] ?? "any", value, path);
}

function asText(value: FormValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
