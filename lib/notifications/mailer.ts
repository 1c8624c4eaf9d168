/** Adapter: the mail API. Nobody else loads the Resend SDK. */
import "server-only";
import { type ErrorResponse, Resend } from "resend";
import { env } from "@/lib/env";
import { err, ok, type Result } from "@/lib/result";

export type Letter = {
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly attachments?: readonly Attachment[];
};

export type Attachment = {
  readonly filename: string;
  readonly content: Buffer;
  readonly contentType: string;
};

export type SendingFailure = {
  /** For people: what the API said. May hold an address; never log it. */
  readonly reason: string;
  /** For logs: the API's error name. */
  readonly code: string;
  /** False when no later attempt can succeed. */
  readonly mayRetry: boolean;
  /** How long the API asked to be left alone. */
  readonly retryAfterMs: number | null;
};

/** Longer than the API's slow answers, shorter than the outbox's lease. */
const TIMEOUT_MS = 10_000;

/** Client errors that an operator or time can mend: a wrong key, a domain not verified yet, a limit, a clash. */
const MENDABLE = new Set([401, 403, 408, 409, 425, 429]);

/**
 * Hands a letter to the API. The same `idempotencyKey` within 24 hours is delivered once, however often it is sent.
 * Source: resend.com/docs/dashboard/emails/idempotency-keys.
 */
export async function sendLetter(
  letter: Letter,
  idempotencyKey: string,
): Promise<Result<{ readonly providerId: string | null }, SendingFailure>> {
  const { RESEND_API_KEY, RESEND_BASE_URL, MAIL_FROM } = env();
  const resend = new Resend(RESEND_API_KEY, RESEND_BASE_URL ? { baseUrl: RESEND_BASE_URL } : {});
  const answer = await resend.emails.send(
    {
      from: MAIL_FROM,
      ...letter,
      headers: { ...letter.headers },
      attachments: letter.attachments ? [...letter.attachments] : [],
    },
    { idempotencyKey, signal: AbortSignal.timeout(TIMEOUT_MS) },
  );
  if (!answer.error) return ok({ providerId: answer.data.id });
  // The key was used before with other words (the template changed in between): that letter has been delivered.
  if (answer.error.name === "invalid_idempotent_request") return ok({ providerId: null });
  return err(describeFailure(answer.error, answer.headers));
}

function describeFailure(error: ErrorResponse, headers: Record<string, string> | null): SendingFailure {
  const status = error.statusCode;
  const seconds = Number(headers?.["retry-after"]);
  return {
    reason: `${error.name} (${status ?? "no answer"}): ${error.message}`.slice(0, 500),
    code: error.name,
    mayRetry: status === null || status >= 500 || MENDABLE.has(status),
    retryAfterMs: Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 3_600) * 1_000 : null,
  };
}
