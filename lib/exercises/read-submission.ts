/** Adapter: what a lesson sends, read from the request. Plain routes, since a page opened before an update, or without a network, knows no later action. */
import "server-only";
import type { z } from "zod";
import { env } from "@/lib/env";
import { findViewer, type Viewer } from "@/lib/identity/session";
import { throttle } from "@/lib/identity/throttle";
import { accountName } from "./account-name";

/** Room for 64 kB of code as JSON, which may write a character in six. */
const MAX_BYTES = 500_000;

type Submission<T> =
  | { readonly ok: true; readonly viewer: Viewer; readonly input: T }
  | { readonly ok: false; readonly refusal: Response };

/**
 * Origin, then identity, then rate, then input. The input is not looked at before the rest is in order. A page that names
 * its account is answered as one that is signed out when somebody else is signed in by now.
 */
export async function readSubmission<S extends z.ZodType>(
  request: Request,
  kind: "exerciseAttempt" | "exerciseDraft" | "lessonMark" | "lessonNote",
  schema: S,
): Promise<Submission<z.output<S>>> {
  const refuse = (status: number, code: string) =>
    ({ ok: false, refusal: answer(status, { code }) }) as const;
  if (request.headers.get("origin") !== new URL(env().APP_URL).origin) return refuse(403, "foreign_origin");
  const viewer = await findViewer();
  const owner = request.headers.get("lectern-account");
  if (!viewer || (owner !== null && owner !== accountName(viewer.userId))) return refuse(401, "signed_out");
  const allowed = await throttle(kind, viewer.userId);
  if (!allowed.ok) return refuse(429, "throttled");
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BYTES) return refuse(400, "invalid_input");
  const text = await request.text();
  const input = schema.safeParse(text.length > MAX_BYTES ? null : parse(text));
  return input.success ? { ok: true, viewer, input: input.data } : refuse(400, "invalid_input");
}

export function answer(status: number, body: object): Response {
  return Response.json(body, { status, headers: { "Cache-Control": "no-store" } });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
