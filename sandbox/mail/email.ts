import { z } from "zod";

/** A refusal in the shape of Resend's API (https://resend.com/docs/api-reference/errors). */
export class ResendError extends Error {
  constructor(
    readonly statusCode: number,
    override readonly name: string,
    message: string,
  ) {
    super(message);
  }
}

const RECIPIENT_LIMIT = 50;
const ADDRESS = /^[^\s<>@]+@[^\s<>@]+\.?[^\s<>@]*$/;
const NAMED_ADDRESS = /^[^<>\r\n]*<\s*[^\s<>@]+@[^\s<>@]+\s*>$/;

const address = z.string().refine((value) => ADDRESS.test(value.trim()) || NAMED_ADDRESS.test(value.trim()));
const addresses = z
  .union([address, z.array(address)])
  .transform((value) => (typeof value === "string" ? [value] : value));

const attachmentSchema = z.object({
  filename: z.string().optional(),
  content: z.string().optional(),
  path: z.string().optional(),
  content_type: z.string().optional(),
  content_id: z.string().optional(),
});

const emailSchema = z.object({
  from: address,
  to: addresses,
  subject: z.string(),
  html: z.string().nullish(),
  text: z.string().nullish(),
  cc: addresses.optional(),
  bcc: addresses.optional(),
  reply_to: addresses.optional(),
  headers: z.record(z.string(), z.string()).optional(),
  tags: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
  attachments: z.array(attachmentSchema).optional(),
  scheduled_at: z.string().optional(),
});

export type Attachment = {
  readonly filename: string;
  readonly contentType: string;
  readonly contentId: string | null;
  /** Base64; null when the mail named a path, which this sandbox does not fetch. */
  readonly content: string | null;
  readonly path: string | null;
};

export type Email = {
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly replyTo: readonly string[];
  readonly subject: string;
  readonly html: string | null;
  readonly text: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly tags: readonly { readonly name: string; readonly value: string }[];
  readonly attachments: readonly Attachment[];
  readonly scheduledAt: string | null;
};

/** Reads one mail as `POST /emails` takes it. @throws ResendError with status 422 when it would be refused there. */
export function parseEmail(input: unknown): Email {
  const body = z.record(z.string(), z.unknown()).safeParse(input);
  if (!body.success) throw invalid("The request body must be a JSON object.");
  requireFields(body.data);
  const parsed = emailSchema.safeParse(input);
  if (!parsed.success) throw invalid(describe(parsed.error));
  const email = parsed.data;
  const recipients = [email.to, email.cc ?? [], email.bcc ?? []];
  if (recipients.some((list) => list.length > RECIPIENT_LIMIT) || email.to.length === 0) {
    throw invalid(`The \`to\`, \`cc\` and \`bcc\` fields take 1 to ${RECIPIENT_LIMIT} addresses each.`);
  }
  return {
    from: email.from,
    to: email.to,
    cc: email.cc ?? [],
    bcc: email.bcc ?? [],
    replyTo: email.reply_to ?? [],
    subject: email.subject,
    html: email.html ?? null,
    text: email.text ?? null,
    headers: email.headers ?? {},
    tags: email.tags ?? [],
    attachments: (email.attachments ?? []).map(readAttachment),
    scheduledAt: email.scheduled_at ?? null,
  };
}

function requireFields(body: Readonly<Record<string, unknown>>): void {
  for (const name of ["from", "to", "subject"]) {
    if (body[name] === undefined || body[name] === null || body[name] === "") {
      throw new ResendError(422, "missing_required_field", `Missing \`${name}\` field.`);
    }
  }
  if (!body.html && !body.text) {
    throw new ResendError(422, "missing_required_field", "Missing `html` or `text` field.");
  }
}

function readAttachment(attachment: z.output<typeof attachmentSchema>): Attachment {
  if (attachment.content === undefined && attachment.path === undefined) {
    throw new ResendError(422, "invalid_attachment", "Attachment must have either a `content` or `path`.");
  }
  const filename = attachment.filename ?? attachment.path?.split("/").at(-1) ?? "attachment";
  return {
    filename,
    contentType: attachment.content_type ?? guessType(filename),
    contentId: attachment.content_id ?? null,
    content: attachment.content ?? null,
    path: attachment.path ?? null,
  };
}

const TYPES: Readonly<Record<string, string>> = {
  pdf: "application/pdf",
  png: "image/png",
  jpg: "image/jpeg",
  svg: "image/svg+xml",
  ics: "text/calendar",
  csv: "text/csv",
  txt: "text/plain",
};

function guessType(filename: string): string {
  return TYPES[filename.split(".").at(-1)?.toLowerCase() ?? ""] ?? "application/octet-stream";
}

function describe(error: z.ZodError): string {
  const field = String(error.issues[0]?.path[0] ?? "body");
  if (["from", "to", "cc", "bcc", "reply_to"].includes(field)) {
    return `Invalid \`${field}\` field. The email address needs to follow the \`email@example.com\` or \`Name <email@example.com>\` format.`;
  }
  return `Invalid \`${field}\` field.`;
}

function invalid(message: string): ResendError {
  return new ResendError(422, "validation_error", message);
}
