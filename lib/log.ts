import { pino } from "pino";
import { logLevel } from "./env";

/** One JSON line per event, in UTC, without secrets or personal data: log ids, never addresses, names or bodies. */
export const log = pino({
  level: logLevel(),
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
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
