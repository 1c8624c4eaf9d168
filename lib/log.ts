import { pino, stdSerializers } from "pino";
import { logLevel } from "./env";

/** One JSON line per event, in UTC, without secrets or personal data: log ids, never addresses, names or bodies. */
export const log = pino({
  level: logLevel(),
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  serializers: { err: withoutParameters },
  formatters: { level: (label) => ({ level: label }) },
  redact: {
    paths: [
      "*.password",
      "*.token",
      "*.secret",
      "*.email",
      "email",
      "password",
      "token",
      "secret",
      "headers",
    ],
    censor: "[redacted]",
  },
});

/** Drizzle lists a statement's values below it, Postgres quotes what it could not read: addresses, names, hashes. */
function withoutParameters(error: Error) {
  const told = stdSerializers.errWithCause(error);
  return { type: told.type, message: cut(told.message), stack: cut(told.stack) };
}

const cut = (text: string | undefined) =>
  text
    ?.replace(/\nparams: [\s\S]*?(?=\n {4}at |\ncaused by: |$)/g, "\nparams: [redacted]")
    .replace(/: "[^"\n]*"/g, ': "[redacted]"')
    .replace(/[^\s<>"'(),;:=]+@[^\s<>"'(),;:=]+\.[^\s<>"'(),;:=]+/g, "[redacted]");

/** An error in at most 500 characters, without the values of a failed statement; for a column that a person reads. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const reason = error.cause instanceof Error ? error.cause : error;
  return `${reason.name}: ${reason.message.split("\n")[0]}`.slice(0, 500);
}
