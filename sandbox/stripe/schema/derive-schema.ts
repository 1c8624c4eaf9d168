/**
 * Writes stripe-schema.jsonl: the part of Stripe's API description this sandbox validates against.
 *
 *   npx tsx sandbox/stripe/schema/derive-schema.ts path/to/openapi.json
 *
 * The input is an OpenAPI description derived from the type declarations of npm stripe@23.1.0.
 * One definition per line, so that a new API version shows as a readable diff.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Shape } from "./shape";

interface OpenApiSchema {
  type?: string;
  $ref?: string;
  enum?: (string | boolean)[];
  items?: OpenApiSchema;
  anyOf?: OpenApiSchema[];
  properties?: Record<string, OpenApiSchema>;
  required?: string[];
  additionalProperties?: boolean | OpenApiSchema;
  nullable?: boolean;
  "x-expansionResources"?: { oneOf: OpenApiSchema[] };
}
interface Media {
  content?: Record<string, { schema: OpenApiSchema }>;
}
interface Operation {
  parameters: { name: string; in: string; required?: boolean; schema: OpenApiSchema }[];
  requestBody?: Media;
  responses: Record<string, Media>;
}
interface OpenApi {
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, OpenApiSchema> };
}

/** Operations outside what a shop with one-time payments calls: their schemas would triple the file. */
const LEFT_OUT =
  /\/(search|sources|cash_balance|cash_balance_transactions|funding_instructions|features|amount_details_line_items|tax)(\/|$)|\/v1\/customers\/\{[^}]*\}\/balance_transactions|create_preview|\/credit_notes|\/invoiceitems|verify_microdeposits|apply_customer_balance|increment_authorization/;

/** Payment methods the sandbox can pay with; answers never mention the others. */
const OFFERED_METHODS = new Set(["card", "us_bank_account", "sepa_debit", "bacs_debit"]);

const REF = "#/components/schemas/";
const source = process.argv[2];
if (source === undefined) throw new Error("Name the OpenAPI file as the first argument.");
const api: OpenApi = JSON.parse(readFileSync(source, "utf8"));
const schemas = api.components.schemas;
const methodTypes = new Set(
  Object.keys(schemas["charge.PaymentMethodDetails"]?.properties ?? {}).filter((name) => name !== "type"),
);
const reached = new Map<string, Shape>();

const refName = (schema: OpenApiSchema) => schema.$ref?.slice(REF.length);

function isLeftOutOfAnswers(name: string, required: boolean): boolean {
  if (required) return false;
  if (methodTypes.has(name) && !OFFERED_METHODS.has(name)) return true;
  return /qr_code|display_details|handle_redirect|bank_transfer|wechat|_authorize$|redirect_to_(ios|android)/.test(
    name,
  );
}

function toShape(schema: OpenApiSchema, side: "request" | "answer"): Shape {
  const name = refName(schema);
  const inner = name === undefined ? toPlainShape(schema, side) : reach(name, side);
  return schema.nullable === true && side === "answer" ? { nullable: inner } : inner;
}

function reach(name: string, side: "request" | "answer"): Shape {
  const target = schemas[name];
  if (target === undefined) return "any";
  if (!reached.has(name)) {
    reached.set(name, "any");
    reached.set(name, toPlainShape(target, side));
  }
  return { ref: name };
}

function toPlainShape(schema: OpenApiSchema, side: "request" | "answer"): Shape {
  if (schema.enum) return { enum: schema.enum };
  if (schema.anyOf) return toUnion(schema.anyOf, side);
  if (schema.type === "array") return { array: schema.items ? toShape(schema.items, side) : "any" };
  if (schema.type === "object" || schema.properties) return toObject(schema, side);
  if (
    schema.type === "string" ||
    schema.type === "integer" ||
    schema.type === "number" ||
    schema.type === "boolean"
  ) {
    return schema.type;
  }
  return "any";
}

function toUnion(options: OpenApiSchema[], side: "request" | "answer"): Shape {
  const shapes = options.map((option) => toShape(option, side));
  const distinct = [...new Map(shapes.map((shape) => [JSON.stringify(shape), shape])).values()];
  const [only] = distinct;
  if (distinct.length === 1 && only !== undefined) return only;
  return distinct.includes("any") ? "any" : { union: distinct };
}

function toObject(schema: OpenApiSchema, side: "request" | "answer"): Shape {
  if (schema.properties) {
    const required = schema.required ?? [];
    const kept = Object.entries(schema.properties).filter(
      ([name]) => side === "request" || !isLeftOutOfAnswers(name, required.includes(name)),
    );
    if (kept.length === 0 && schema.additionalProperties !== false) return "any";
    const object = Object.fromEntries(kept.map(([name, property]) => [name, toShape(property, side)]));
    return required.length > 0 ? { object, required } : { object };
  }
  const values = schema.additionalProperties;
  if (typeof values === "object" && Object.keys(values).length > 0) return { map: toShape(values, side) };
  return "any";
}

/** Dotted paths within one resource that `expand[]` may name, without entering other resources. */
function expandablePaths(schema: OpenApiSchema, prefix = "", depth = 0): string[] {
  if (depth > 5) return [];
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const path = prefix + name;
    if (property["x-expansionResources"]) return [path];
    return [property, property.items, ...(property.anyOf ?? [])].flatMap((candidate) => {
      if (candidate === undefined) return [];
      const target = candidate.$ref === undefined ? undefined : schemas[refName(candidate) ?? ""];
      if (target === undefined || target.properties?.object?.enum) return [];
      return expandablePaths(target, `${path}.`, depth + 1);
    });
  });
}

function operationLine(method: string, path: string, operation: Operation) {
  const inPath = new Set([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]));
  const body = operation.requestBody?.content?.["application/x-www-form-urlencoded"]?.schema;
  const properties: Record<string, OpenApiSchema> = { ...body?.properties };
  for (const parameter of operation.parameters) {
    if (parameter.in !== "path" && !inPath.has(parameter.name)) properties[parameter.name] = parameter.schema;
  }
  if (method !== "delete") properties.expand ??= { type: "array", items: { type: "string" } };
  const required = (body?.required ?? []).filter((name) => !inPath.has(name));
  const answer = operation.responses["200"]?.content?.["application/json"]?.schema;
  return {
    operation: `${method.toUpperCase()} ${path}`,
    params: toShape({ type: "object", properties, required, additionalProperties: false }, "request"),
    answer: answer ? toShape(answer, "answer") : ("any" as const),
  };
}

/** Gives a name to every sub-shape that is long and used more than once. */
function shareRepeated(lines: unknown[]): { lines: unknown[]; shared: { def: string; is: unknown }[] } {
  const counts = new Map<string, number>();
  const count = (value: unknown) => {
    if (typeof value !== "object" || value === null) return;
    const key = JSON.stringify(value);
    if (!Array.isArray(value) && key.length > 90) counts.set(key, (counts.get(key) ?? 0) + 1);
    if ((counts.get(key) ?? 0) <= 1) Object.values(value).forEach(count);
  };
  lines.forEach(count);
  const names = new Map<string, string>();
  const shared: { def: string; is: unknown }[] = [];
  const replace = (value: unknown, top: boolean): unknown => {
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => replace(item, false));
    const key = JSON.stringify(value);
    const rebuilt = () => Object.fromEntries(Object.entries(value).map(([k, v]) => [k, replace(v, false)]));
    const isShape =
      "object" in value || "enum" in value || "union" in value || "map" in value || "array" in value;
    if (top || !isShape || (counts.get(key) ?? 0) < 2) return rebuilt();
    let name = names.get(key);
    if (name === undefined) {
      name = `shared.${names.size + 1}`;
      names.set(key, name);
      shared.push({ def: name, is: rebuilt() });
    }
    return { ref: name };
  };
  return { lines: lines.map((line) => replace(line, true)), shared };
}

const operations = Object.entries(api.paths)
  .filter(([path]) => !LEFT_OUT.test(path))
  .flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, op]) => operationLine(method, path, op)),
  );
reach("event", "answer");
const definitions = [...reached].map(([def, is]) => ({ def, is }));
const expandable = [...reached.keys()].flatMap((name) => {
  const schema = schemas[name];
  const object = schema?.properties?.object?.enum?.[0];
  const paths = schema && object !== undefined ? [...new Set(expandablePaths(schema))] : [];
  return paths.length > 0 ? [{ expandable: object, paths }] : [];
});
const compact = shareRepeated([...operations, ...definitions]);
const origin = {
  origin: "derived from the type declarations of npm stripe@23.1.0",
  version: api.info.version,
};
const lines = [origin, ...compact.lines, ...compact.shared, ...expandable].map((line) =>
  JSON.stringify(line),
);
writeFileSync(fileURLToPath(new URL("./stripe-schema.jsonl", import.meta.url)), `${lines.join("\n")}\n`);
