import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { handleControlApi, handleResendApi, type Sandbox, sendJson } from "./api";
import { ResendError } from "./email";
import { Faults } from "./faults";
import { Mailbox, type StoredEmail } from "./mailbox";
import { PAGE_STYLE } from "./page-style";
import { framedHtml, inboxPage, mailPage, notFoundPage } from "./pages";

export type MailSandboxOptions = {
  /** Where the mails are kept; they survive a kill. */
  readonly dataDir: string;
  /** 0 or none: any free port. Listens on 127.0.0.1 only. */
  readonly port?: number;
  /** The one accepted key; without it any that begins with re_. */
  readonly apiKey?: string;
  readonly now?: () => Date;
};

export type MailSandbox = {
  /** For RESEND_BASE_URL, and for a browser. */
  readonly url: string;
  /** Newest first, optionally of one recipient. */
  emails(to?: string): StoredEmail[];
  /** How many there are, without reading them. */
  count(): number;
  /** Forgets them all. */
  clear(): void;
  close(): Promise<void>;
};

const PAGE_SIZE = 50;
const STYLE_HASH = createHash("sha256").update(PAGE_STYLE).digest("base64");
const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; img-src data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
/** A mail's own HTML: its styles and pictures, no script, nothing from elsewhere. */
const MAIL_POLICY =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data: http://localhost:* http://127.0.0.1:*";

/** A stand-in for Resend: takes what its SDK sends, keeps it, and shows it in an inbox. */
export async function startMailSandbox(options: MailSandboxOptions): Promise<MailSandbox> {
  const sandbox: Sandbox = {
    mailbox: new Mailbox(options.dataDir),
    faults: new Faults(),
    apiKey: options.apiKey ?? null,
    now: options.now ?? (() => new Date()),
  };
  const server = createServer((request, response) => void answer(sandbox, request, response));
  await listen(server, options.port ?? 0);
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    emails: (to) =>
      sandbox.mailbox
        .list({ to, limit: Number.MAX_SAFE_INTEGER })
        .heads.flatMap(({ id }) => sandbox.mailbox.find(id) ?? []),
    count: () => sandbox.mailbox.size,
    clear: () => sandbox.mailbox.clear(),
    close: async () => {
      await new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      });
      sandbox.mailbox.close();
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
}

type Reply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
};

async function answer(sandbox: Sandbox, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const url = new URL(request.url ?? "/", "http://sandbox");
    if (!isLocal(request)) {
      throw new ResendError(403, "invalid_access", "The sandbox answers only to localhost.");
    }
    if (url.pathname.startsWith("/_sandbox/")) {
      sendJson(response, 200, await handleControlApi(sandbox, request, url));
    } else if (/^\/emails(\/|$)/.test(url.pathname)) {
      await handleResendApi(sandbox, request, response, url.pathname);
    } else {
      const { status, headers, body } = renderPage(sandbox, url);
      response.writeHead(status, headers).end(body);
    }
  } catch (error) {
    refuse(response, error);
  }
}

function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (!(error instanceof ResendError)) console.error(error);
  const { statusCode, name, message } =
    error instanceof ResendError
      ? error
      : new ResendError(500, "internal_server_error", "An unexpected error occurred.");
  sendJson(response, statusCode, { statusCode, name, message });
}

/**
 * Mails hold sign-in links. A foreign page may neither read them through a name that it points at this machine (Host),
 * nor clear them or set faults (Origin).
 */
function isLocal(request: IncomingMessage): boolean {
  const { host, origin } = request.headers;
  const local = /^(localhost|127\.0\.0\.1)(:\d+)?$/;
  return local.test(host ?? "") && (origin === undefined || local.test(origin.replace(/^http:\/\//, "")));
}

function renderPage(sandbox: Sandbox, url: URL): Reply {
  const { mailbox } = sandbox;
  if (url.pathname === "/") {
    const to = url.searchParams.get("to") ?? "";
    const page = mailbox.list({ to, before: url.searchParams.get("before"), limit: PAGE_SIZE });
    return html(200, inboxPage(page.heads, page.more ? (page.heads.at(-1)?.id ?? null) : null, to));
  }
  const [, id = "", view, index] =
    /^\/mails\/([^/]+)(?:\/(html|attachments)(?:\/(\d+))?)?$/.exec(url.pathname) ?? [];
  const mail = mailbox.find(id);
  if (!mail) return html(404, notFoundPage());
  if (view === undefined) return html(200, mailPage(mail));
  return view === "html" ? html(200, framedHtml(mail), MAIL_POLICY) : attachment(mail, Number(index));
}

function attachment(mail: StoredEmail, index: number): Reply {
  const file = mail.attachments[index];
  if (!file || file.content === null) return html(404, notFoundPage());
  return {
    status: 200,
    headers: {
      "content-type": file.contentType.replace(/[^\w/.+; =-]/g, ""),
      "content-disposition": `${file.contentId ? "inline" : "attachment"}; filename*=UTF-8''${encodeURIComponent(file.filename)}`,
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
    },
    body: Buffer.from(file.content, "base64"),
  };
}

function html(status: number, body: string, policy = PAGE_POLICY): Reply {
  return {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
    },
    body,
  };
}
