import { type IncomingHttpHeaders, request } from "node:http";

export type Answer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

export type Sending = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | FormData;
};

/** A browser reduced to what matters here: it keeps cookies, follows nothing, and sends exactly the headers it is told to. */
export class Visitor {
  readonly cookies = new Map<string, string>();
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  async send(path: string, { method = "GET", headers = {}, body }: Sending = {}): Promise<Answer> {
    const encoded = await encode(body);
    const answer = await exchange(this.#origin + path, method, encoded.bytes, {
      ...(this.cookies.size > 0 ? { cookie: this.#cookieHeader() } : {}),
      ...encoded.headers,
      ...headers,
    });
    for (const cookie of answer.headers["set-cookie"] ?? []) this.#keep(cookie);
    return answer;
  }

  /** The same, except that no cookie changes, whatever the answer says. */
  async sendAside(path: string, sending: Sending): Promise<Answer> {
    const cookies = new Map(this.cookies);
    const answer = await this.send(path, sending);
    this.cookies.clear();
    for (const [name, value] of cookies) this.cookies.set(name, value);
    return answer;
  }

  /** What the router fetches when a link is followed or prefetched. Next sends such a request to its own address first. */
  async payload(path: string, headers: Sending["headers"] = {}): Promise<Answer> {
    const sent = { rsc: "1", ...headers };
    const answer = await this.send(path, { headers: sent });
    const location = answer.headers.location ?? "";
    return answer.status === 307 && /[?&]_rsc\b/.test(location)
      ? this.send(location, { headers: sent })
      : answer;
  }

  /** Calls a server action as the page's own script does. */
  act(id: string, path: string, fields: Readonly<Record<string, string>>, headers: Sending["headers"] = {}) {
    const sent = { "next-action": id, accept: "text/x-component", origin: this.#origin, ...headers };
    return this.send(path, { method: "POST", headers: sent, body: actionArguments(fields) });
  }

  /** Posts a server action as a form does where scripts are off. */
  submit(
    id: string,
    path: string,
    fields: Readonly<Record<string, string>>,
    headers: Sending["headers"] = {},
  ) {
    const form = new FormData();
    form.set(`$ACTION_ID_${id}`, "");
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    return this.send(path, { method: "POST", headers: { origin: this.#origin, ...headers }, body: form });
  }

  #cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  #keep(cookie: string): void {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (value === "" || /max-age=0\b|expires=thu, 01 jan 1970/i.test(cookie)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

/** One form as the only argument, the way React encodes a call: the list of arguments in part 0, the form's fields in part 1. */
export function actionArguments(fields: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(`_1_${name}`, value);
  form.append("0", '["$K1"]');
  return form;
}

type Encoded = { readonly bytes: string | Buffer | undefined; readonly headers: Record<string, string> };

async function encode(body: Sending["body"]): Promise<Encoded> {
  if (!(body instanceof FormData)) return { bytes: body, headers: {} };
  const encoded = new Response(body);
  const type = encoded.headers.get("content-type") ?? "";
  return { bytes: Buffer.from(await encoded.arrayBuffer()), headers: { "content-type": type } };
}

function exchange(
  url: string,
  method: string,
  body: string | Buffer | undefined,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
    const sending = request(url, { method, headers: { ...length, ...headers }, agent: false }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("error", reject);
      incoming.on("end", () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body: Buffer.concat(chunks).toString("utf8"),
        }),
      );
    });
    sending.on("error", reject);
    sending.setTimeout(30_000, () => sending.destroy(new Error(`${method} ${url}: no answer in 30 s`)));
    sending.end(body);
  });
}
