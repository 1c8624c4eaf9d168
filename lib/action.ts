import "server-only";
import { headers } from "next/headers";
import type { z } from "zod";
import { env } from "./env";
import { findViewer, type Viewer } from "./identity/session";
import { type Permission, roleMay } from "./permissions";
import type { Result } from "./result";

/** Reasons any action may give, beside its own. */
export type CommonRejection = "foreign_origin" | "signed_out" | "forbidden" | "invalid_input";

export type Rejection<Code extends string> = {
  readonly code: Code | CommonRejection;
  /** The first problem of each wrong field, by field name. */
  readonly fields?: Readonly<Record<string, string>>;
  /** What was typed, so that a form rendered again without JavaScript loses nothing. Never a password. */
  readonly values?: Readonly<Record<string, string>>;
};

/** What a form shows after its action: nothing yet, the value, or why not. */
export type ActionState<T, Code extends string> = Result<T, Rejection<Code>> | null;

/** Posted by a form: alone (`<form action>`), or after the previous state (`useActionState`). */
export type FormAction<T, Code extends string> = {
  (form: FormData): Promise<void>;
  (previous: ActionState<T, Code>, form: FormData): Promise<ActionState<T, Code>>;
};

type Handler<Who, Input, T, Code extends string> = (who: Who, input: Input) => Promise<Result<T, Code>>;

/** For everybody, signed in or not. */
export function publicAction<S extends z.ZodType, T, Code extends string>(
  schema: S,
  handler: Handler<Viewer | null, z.output<S>, T, Code>,
): FormAction<T, Code> {
  return guard(schema, async () => ({ ok: true, value: await findViewer() }), handler);
}

/** For anyone with an account. */
export function learnerAction<S extends z.ZodType, T, Code extends string>(
  schema: S,
  handler: Handler<Viewer, z.output<S>, T, Code>,
): FormAction<T, Code> {
  const requireLearner = async (): Promise<Result<Viewer, CommonRejection>> => {
    const viewer = await findViewer();
    return viewer ? { ok: true, value: viewer } : { ok: false, error: "signed_out" };
  };
  return guard(schema, requireLearner, handler);
}

/**
 * For staff whose role may do this (lib/permissions.ts) and who gave a code of the second factor in this session; to
 * everybody else it says no more than "forbidden".
 */
export function adminAction<S extends z.ZodType, T, Code extends string>(
  permission: Permission,
  schema: S,
  handler: Handler<Viewer, z.output<S>, T, Code>,
): FormAction<T, Code> {
  const requirePermitted = async (): Promise<Result<Viewer, CommonRejection>> => {
    const viewer = await findViewer();
    if (!viewer) return { ok: false, error: "signed_out" };
    const isPermitted = roleMay(viewer.role, permission) && viewer.secondFactor;
    return isPermitted ? { ok: true, value: viewer } : { ok: false, error: "forbidden" };
  };
  return guard(schema, requirePermitted, handler);
}

/** Origin, then identity, then input, then the handler. */
function guard<S extends z.ZodType, Who, T, Code extends string>(
  schema: S,
  identify: () => Promise<Result<Who, CommonRejection>>,
  handler: Handler<Who, z.output<S>, T, Code>,
): FormAction<T, Code> {
  const run = async (form: FormData): Promise<Result<T, Rejection<Code>>> => {
    if (!(await isOwnOrigin())) return reject<Code>("foreign_origin", form);
    const who = await identify();
    if (!who.ok) return reject<Code>(who.error, form);
    const input = schema.safeParse(sentFields(form));
    if (!input.success) return reject<Code>("invalid_input", form, firstProblems(input.error));
    const done = await handler(who.value, input.data);
    return done.ok ? done : reject<Code>(done.error, form);
  };
  const action = async (...args: [FormData] | [unknown, FormData]) => {
    const form = args.at(-1);
    return run(form instanceof FormData ? form : new FormData());
  };
  return action as FormAction<T, Code>;
}

/** Without the character 0, which nobody types and Postgres cannot hold. */
function sentFields(form: FormData): Record<string, FormDataEntryValue> {
  const fields = [...form].map(
    ([name, value]) => [name, typeof value === "string" ? value.replaceAll("\0", "") : value] as const,
  );
  return Object.fromEntries(fields);
}

function reject<Code extends string>(
  code: Code | CommonRejection,
  form: FormData,
  fields?: Readonly<Record<string, string>>,
): { ok: false; error: Rejection<Code> } {
  return { ok: false, error: { code, values: typedValues(form), ...(fields ? { fields } : {}) } };
}

function typedValues(form: FormData): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of form) {
    if (typeof value === "string" && !name.startsWith("$") && !/password/i.test(name))
      kept[name] = value.slice(0, 2_000);
  }
  return kept;
}

function firstProblems(error: z.ZodError): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const issue of error.issues) problems[String(issue.path[0] ?? "form")] ??= issue.message;
  return problems;
}

/** Browsers name the posting page's origin on every POST; ours must be the configured one, and never missing. */
export async function isOwnOrigin(): Promise<boolean> {
  const sent = await headers();
  const site = sent.get("sec-fetch-site");
  return sent.get("origin") === new URL(env().APP_URL).origin && (site === null || site === "same-origin");
}
