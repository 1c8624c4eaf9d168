import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { type Email, parseEmail, ResendError } from "./email";
import { type Faults, faultSchema } from "./faults";
import type { Mailbox, StoredEmail } from "./mailbox";

export type Sandbox = {
  readonly mailbox: Mailbox;
  readonly faults: Faults;
  /** The one accepted key; null accepts any that looks like Resend's. */
  readonly apiKey: string | null;
  readonly now: () => Date;
};

const BODY_LIMIT_BYTES = 40 * 1024 ** 2;
const BATCH_LIMIT = 100;

/** Resend's own addresses: `POST /emails`, `POST /emails/batch`, `GET /emails/:id`. */
export async function handleResendApi(
  sandbox: Sandbox,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  const fault = sandbox.faults.next();
  if (fault === "hang") return;
  if (fault === "error") throw new ResendError(500, "application_error", "An unexpected error occurred.");
  if (fault === "rate_limit") {
    response.setHeader("retry-after", "1");
    throw new ResendError(
      429,
      "rate_limit_exceeded",
      "Too many requests. Please limit the number of requests per second.",
    );
  }
  authorize(sandbox, request);
  const answer = await route(sandbox, request, path);
  if (fault === "accept_then_reset") {
    request.socket.resetAndDestroy();
    return;
  }
  sendJson(response, 200, answer);
}

async function route(sandbox: Sandbox, request: IncomingMessage, path: string): Promise<unknown> {
  const { method } = request;
  if (path === "/emails" || path === "/emails/batch") {
    if (method !== "POST")
      throw new ResendError(405, "method_not_allowed", "Method is not allowed for the requested path.");
    return path === "/emails" ? acceptOne(sandbox, request) : acceptBatch(sandbox, request);
  }
  const id = /^\/emails\/([^/]+)$/.exec(path)?.[1];
  const email = method === "GET" && id ? sandbox.mailbox.find(id) : null;
  if (!email)
    throw new ResendError(
      404,
      "not_found",
      id ? "Email not found" : "The requested endpoint does not exist.",
    );
  return resendView(email);
}

async function acceptOne(sandbox: Sandbox, request: IncomingMessage): Promise<{ id: string | undefined }> {
  const key = idempotencyKey(request);
  const body = await readBody(request);
  const emails = [parseEmail(parseJson(body))];
  const [id] = sandbox.mailbox.accept({ scope: "/emails", key, body, emails }, sandbox.now());
  return { id };
}

async function acceptBatch(sandbox: Sandbox, request: IncomingMessage): Promise<object> {
  const key = idempotencyKey(request);
  const body = await readBody(request);
  const list = z.array(z.unknown()).min(1).max(BATCH_LIMIT).safeParse(parseJson(body));
  if (!list.success)
    throw new ResendError(422, "validation_error", `A batch is an array of 1 to ${BATCH_LIMIT} emails.`);
  const permissive = request.headers["x-batch-validation"] === "permissive";
  const emails: Email[] = [];
  const errors: { index: number; message: string }[] = [];
  list.data.forEach((input, index) => {
    try {
      emails.push(parseEmail(input));
    } catch (error) {
      if (!permissive || !(error instanceof ResendError)) throw error;
      errors.push({ index, message: error.message });
    }
  });
  const ids = sandbox.mailbox.accept({ scope: "/emails/batch", key, body, emails }, sandbox.now());
  return { data: ids.map((id) => ({ id })), ...(permissive ? { errors } : {}) };
}

/** For tests and people: mails with everything, newest first; clearing; faults. Answers what is sent as JSON. */
export async function handleControlApi(
  { mailbox, faults }: Sandbox,
  request: IncomingMessage,
  url: URL,
): Promise<object> {
  switch (`${request.method} ${url.pathname}`) {
    case "GET /_sandbox/emails": {
      const limit = Math.min(Math.max(Number(url.searchParams.get("limit") ?? 50) || 50, 1), 500);
      const page = mailbox.list({
        to: url.searchParams.get("to"),
        before: url.searchParams.get("before"),
        limit,
      });
      return { data: page.heads.map(({ id }) => mailbox.find(id)), has_more: page.more };
    }
    case "DELETE /_sandbox/emails":
      mailbox.clear();
      return { deleted: true };
    case "GET /_sandbox/faults":
      return { data: faults.list() };
    case "POST /_sandbox/faults": {
      const fault = faultSchema.safeParse(parseJson(await readBody(request)));
      if (!fault.success) throw new ResendError(422, "validation_error", z.prettifyError(fault.error));
      faults.add(fault.data);
      return { data: faults.list() };
    }
    case "DELETE /_sandbox/faults":
      faults.clear();
      return { data: [] };
    default:
      throw new ResendError(404, "not_found", "The requested endpoint does not exist.");
  }
}

function authorize(sandbox: Sandbox, request: IncomingMessage): void {
  const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
  if (!key) throw new ResendError(401, "missing_api_key", "Missing API key in the authorization header.");
  const known = sandbox.apiKey === null ? key.startsWith("re_") : key === sandbox.apiKey;
  // The API answers a wrong key under this name, whatever its list of errors says.
  if (!known) throw new ResendError(401, "validation_error", "API key is invalid");
}

function idempotencyKey(request: IncomingMessage): string | null {
  const key = request.headers["idempotency-key"];
  if (key === undefined) return null;
  if (typeof key !== "string" || key.length < 1 || key.length > 256) {
    throw new ResendError(400, "invalid_idempotency_key", "The key must be between 1-256 chars.");
  }
  return key;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const part = Buffer.from(chunk);
    size += part.length;
    if (size > BODY_LIMIT_BYTES)
      throw new ResendError(422, "validation_error", "The email is larger than 40 MB.");
    chunks.push(part);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new ResendError(400, "validation_error", "The request body is not JSON.");
  }
}

/** A mail as `GET /emails/:id` shows it. */
function resendView(email: StoredEmail): object {
  return {
    object: "email",
    id: email.id,
    created_at: email.createdAt,
    from: email.from,
    to: email.to,
    cc: email.cc,
    bcc: email.bcc,
    reply_to: email.replyTo,
    subject: email.subject,
    html: email.html,
    text: email.text,
    tags: email.tags,
    scheduled_at: email.scheduledAt,
    last_event: email.scheduledAt ? "scheduled" : "delivered",
  };
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
  });
  response.end(JSON.stringify(body));
}
