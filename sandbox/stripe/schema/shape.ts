/** How stripe-schema.jsonl writes a type. Objects are closed: a property not listed is unknown. */
export type Shape =
  | "string"
  | "integer"
  | "number"
  | "boolean"
  | "any"
  | { enum: (string | boolean)[] }
  | { array: Shape }
  | { object: Record<string, Shape>; required?: string[] }
  | { map: Shape }
  | { union: Shape[] }
  | { nullable: Shape }
  | { ref: string };
