import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Resend } from "resend";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type MailSandbox, startMailSandbox } from "../../sandbox/mail/start";

const KEY = "re_of_this_test";
let dataDir: string;
let now: Date;
let sandbox: MailSandbox;
let resend: Resend;

const open = async () => {
  sandbox = await startMailSandbox({ dataDir, apiKey: KEY, now: () => now });
  resend = new Resend(KEY, { baseUrl: sandbox.url });
};

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "lectern-mail-"));
  now = new Date("2026-03-01T12:00:00Z");
  vi.spyOn(console, "error").mockReturnValue();
  await open();
});

afterEach(async () => {
  await sandbox.close();
  rmSync(dataDir, { recursive: true });
});

const receipt = {
  from: "Lectern <shop@lectern.example>",
  to: "Mira Vale <mira@example.com>",
  subject: "Your receipt",
  html: "<h1>Thank you</h1>",
  text: "Thank you",
};

const setFault = (kind: string, times = 1) =>
  fetch(`${sandbox.url}/_sandbox/faults`, { method: "POST", body: JSON.stringify({ kind, times }) });

describe("through the real SDK", () => {
  test("a mail arrives with everything it was sent with", async () => {
    const { data, error } = await resend.emails.send({
      ...receipt,
      replyTo: "help@lectern.example",
      headers: { "X-Order": "ORD-1" },
      tags: [{ name: "kind", value: "receipt" }],
      attachments: [{ filename: "invoice.pdf", content: Buffer.from("%PDF-1.7") }],
    });
    expect(error).toBeNull();
    const [mail] = sandbox.emails("mira@example.com");
    expect(mail).toMatchObject({
      id: data?.id,
      subject: "Your receipt",
      replyTo: ["help@lectern.example"],
      headers: { "X-Order": "ORD-1" },
      tags: [{ name: "kind", value: "receipt" }],
      attachments: [{ filename: "invoice.pdf", contentType: "application/pdf" }],
    });
    expect(Buffer.from(mail?.attachments[0]?.content ?? "", "base64").toString()).toBe("%PDF-1.7");
    expect((await resend.emails.get(data?.id ?? "")).data).toMatchObject({
      subject: "Your receipt",
      last_event: "delivered",
    });
  });

  test("a batch answers its ids in order, and one wrong mail refuses the whole", async () => {
    const sent = await resend.batch.send([receipt, { ...receipt, to: "tomas@example.com" }]);
    expect(sent.data?.data.map(({ id }) => id)).toEqual(
      sandbox
        .emails()
        .map(({ id }) => id)
        .reverse(),
    );
    const refused = await resend.batch.send([receipt, { ...receipt, to: "nobody" }]);
    expect(refused.error).toMatchObject({ statusCode: 422, name: "validation_error" });
    expect(sandbox.emails()).toHaveLength(2);
  });

  test("the same key sends once within 24 hours, and is refused with another body", async () => {
    const options = { idempotencyKey: "receipt/1" };
    const first = await resend.emails.send(receipt, options);
    expect((await resend.emails.send(receipt, options)).data).toEqual(first.data);
    const changed = await resend.emails.send({ ...receipt, subject: "Another" }, options);
    expect(changed.error).toMatchObject({ statusCode: 409, name: "invalid_idempotent_request" });
    expect(sandbox.emails()).toHaveLength(1);
    now = new Date(now.getTime() + 24 * 60 * 60 * 1000);
    await resend.emails.send(receipt, options);
    expect(sandbox.emails()).toHaveLength(2);
  });

  test.each([
    [{ ...receipt, to: [] as string[] }, "validation_error"],
    [{ ...receipt, subject: "" }, "missing_required_field"],
    [{ ...receipt, from: "nobody" }, "validation_error"],
    [{ ...receipt, html: "", text: "" }, "missing_required_field"],
    [{ ...receipt, attachments: [{ filename: "x" }] }, "invalid_attachment"],
  ])("a mail that Resend would refuse is refused (%#)", async (mail, name) => {
    expect((await resend.emails.send(mail)).error).toMatchObject({ statusCode: 422, name });
    expect(sandbox.emails()).toHaveLength(0);
  });

  test("a missing and a wrong key are refused", async () => {
    const wrong = await new Resend("re_wrong", { baseUrl: sandbox.url }).emails.send(receipt);
    expect(wrong.error).toMatchObject({ statusCode: 401, message: "API key is invalid" });
    const missing = await fetch(`${sandbox.url}/emails`, { method: "POST", body: JSON.stringify(receipt) });
    expect(missing.status).toBe(401);
    expect(await missing.json()).toMatchObject({ name: "missing_api_key" });
  });
});

describe("faults", () => {
  test("errors and limits are answered as often as asked, then mails go through", async () => {
    await setFault("error", 2);
    await setFault("rate_limit");
    const answers = [];
    for (let attempt = 0; attempt < 4; attempt += 1)
      answers.push((await resend.emails.send(receipt)).error?.statusCode);
    expect(answers).toEqual([500, 500, 429, undefined]);
    expect(sandbox.emails()).toHaveLength(1);
  });

  test("accepted, then reset: the sender sees a failure, and the same key does not send twice", async () => {
    await setFault("accept_then_reset");
    const options = { idempotencyKey: "receipt/2" };
    expect((await resend.emails.send(receipt, options)).error).not.toBeNull();
    expect((await resend.emails.send(receipt, options)).error).toBeNull();
    expect(sandbox.emails()).toHaveLength(1);
  });

  test("hanging answers nothing and keeps nothing", async () => {
    await setFault("hang");
    const hanging = fetch(`${sandbox.url}/emails`, { method: "POST", signal: AbortSignal.timeout(200) });
    await expect(hanging).rejects.toThrow();
    expect(sandbox.emails()).toHaveLength(0);
  });
});

test("mails and keys survive a restart; a line cut off by a kill does not matter", async () => {
  const options = { idempotencyKey: "receipt/3" };
  const first = await resend.emails.send(receipt, options);
  await sandbox.close();
  const file = join(dataDir, "emails.jsonl");
  writeFileSync(file, `${readFileSync(file, "utf8")}{"at":"2026-03-01T12:0`);
  await open();
  expect((await resend.emails.send(receipt, options)).data).toEqual(first.data);
  await resend.emails.send({ ...receipt, subject: "Second" });
  expect(sandbox.emails().map((mail) => mail.subject)).toEqual(["Second", "Your receipt"]);
});

describe("the inbox", () => {
  const page = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${sandbox.url}${path}`, { headers });

  test("lists pages by the last mail seen, and by recipient", async () => {
    for (let index = 1; index <= 51; index += 1)
      await resend.emails.send({ ...receipt, subject: `Mail ${index} of 51` });
    await resend.emails.send({ ...receipt, to: "tomas@example.com", subject: "For Tomas" });
    const first = await (await page("/")).text();
    expect(first.match(/Mail \d+ of 51/g)).toHaveLength(49);
    const older = /href="(\/\?before=[^"]+)"/.exec(first)?.[1] ?? "";
    expect((await (await page(older)).text()).match(/Mail [12] of 51/g)).toHaveLength(2);
    const filtered = await (await page("/?to=tomas@example.com")).text();
    expect(filtered).toContain("For Tomas");
    expect(filtered).not.toContain("of 51");
  });

  test("shows hostile mails as text and their HTML without scripts", async () => {
    const hostile = "<script>alert(1)</script>";
    await resend.emails.send({ ...receipt, subject: hostile, html: hostile, text: hostile });
    const [mail] = sandbox.emails();
    const shown = await page(`/mails/${mail?.id}`);
    expect(await shown.text()).not.toContain(hostile);
    expect(shown.headers.get("content-security-policy")).toContain("default-src 'none'");
    const framed = await page(`/mails/${mail?.id}/html`);
    expect(framed.headers.get("content-security-policy")).toMatch(/^sandbox allow-popups/);
  });

  test("answers neither to a foreign host name nor to a foreign page", async () => {
    expect((await page("/", { origin: "https://evil.example" })).status).toBe(403);
    const clear = await fetch(`${sandbox.url}/_sandbox/emails`, {
      method: "DELETE",
      headers: { origin: "null" },
    });
    expect(clear.status).toBe(403);
  });
});
