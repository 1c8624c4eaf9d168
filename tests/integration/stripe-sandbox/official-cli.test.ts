/** The official Stripe CLI from npm, as its users run it, against the sandbox. It needs no network and no login. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OpenSandbox, openReceiver, openSandbox } from "./open-sandbox";

/** The program, or null on a machine for which npm has none. */
function findCli(): string | null {
  const platform = `@stripe/cli-${process.platform}-${process.arch}/package.json`;
  const name = process.platform === "win32" ? "stripe.exe" : "stripe";
  try {
    const wrapper = createRequire(import.meta.url).resolve("@stripe/cli/package.json");
    return join(dirname(createRequire(wrapper).resolve(platform)), "bin", name);
  } catch {
    return null;
  }
}

const cli = findCli();
const home = mkdtempSync(join(tmpdir(), "lectern-stripe-cli-"));
const environment: NodeJS.ProcessEnv = {
  NODE_ENV: "test",
  PATH: process.env.PATH,
  HOME: home,
  STRIPE_CLI_TELEMETRY_OPTOUT: "1",
};

let sandbox: OpenSandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(async () => {
  await sandbox.close();
  rmSync(home, { recursive: true, force: true });
});

function flags(): string[] {
  return ["--api-base", sandbox.url, "--api-key", "sk_test_of_the_official_cli"];
}

async function trigger(event: string): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(cli ?? "", ["trigger", event, ...flags()], {
    env: environment,
    timeout: 60_000,
  });
  return stdout + stderr;
}

/** Runs `stripe listen` until `use` is done; it is given the signing secret that the CLI prints. */
async function listening(forwardTo: string, use: (secret: string) => Promise<void>): Promise<void> {
  const child = spawn(
    cli ?? "",
    ["listen", "--skip-update", "--all-snapshot", "--forward-to", forwardTo, ...flags()],
    { env: environment },
  );
  try {
    await use(await secretFrom(child));
  } finally {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
  }
}

function secretFrom(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const read = (chunk: Buffer) => {
      said += chunk.toString();
      const secret = /whsec_\w+/.exec(said)?.[0];
      if (secret) resolve(secret);
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("exit", () => reject(new Error(`the CLI ended: ${said}`)));
  });
}

describe.skipIf(cli === null)("the official CLI", () => {
  test("trigger checkout.session.completed pays a session", { timeout: 90_000 }, async () => {
    expect(await trigger("checkout.session.completed")).toContain("Trigger succeeded!");
    const [session] = (await sandbox.stripe.checkout.sessions.list({ status: "complete" })).data;
    expect(session).toMatchObject({ payment_status: "paid", amount_total: 3000 });
    await sandbox.control.idle();
    expect(sandbox.hook.types()).toContain("checkout.session.completed");
  });

  test("trigger charge.refunded charges and refunds", { timeout: 90_000 }, async () => {
    expect(await trigger("charge.refunded")).toContain("Trigger succeeded!");
    const [refund] = (await sandbox.stripe.refunds.list()).data;
    expect(refund).toMatchObject({ amount: 100, status: "succeeded" });
    await sandbox.control.idle();
    expect(sandbox.hook.types()).toContain("charge.refunded");
  });

  test("listen --forward-to hands signed events on", { timeout: 90_000 }, async () => {
    const local = await openReceiver({ verify: false });
    await listening(local.url, async (secret) => {
      const customer = await sandbox.stripe.customers.create({ email: "cli@example.com" });
      await expect.poll(() => local.received.length, { timeout: 20_000 }).toBe(1);
      const [received] = local.received;
      const event = Stripe.webhooks.constructEvent(
        received?.body ?? "",
        String(received?.headers["stripe-signature"]),
        secret,
      );
      expect(event).toMatchObject({ type: "customer.created", data: { object: { id: customer.id } } });
    });
    await local.close();
  });
});

test("a browser cannot listen in, and an unknown connection is refused as the CLI understands it", async () => {
  const connect = (headers: Record<string, string>) =>
    new Promise<string>((resolve, reject) => {
      import("node:http").then(({ request }) => {
        const upgrade = { connection: "Upgrade", upgrade: "websocket", "sec-websocket-key": "eA==" };
        const call = request(`${sandbox.url}/v1/stripecli/subscribe`, {
          headers: { ...upgrade, ...headers },
        });
        call.on("upgrade", (_, socket) => {
          socket.destroy();
          resolve("connected");
        });
        call.on("response", (response) => {
          response.setEncoding("utf8").on("data", resolve);
        });
        call.on("error", (error) => resolve(error.message));
        call.end();
      }, reject);
    });
  expect(await connect({ "websocket-id": "cliws_nobody" })).toContain("Unknown WebSocket ID.");
  expect(await connect({ "websocket-id": "cliws_nobody", origin: "https://evil.example" })).toContain(
    "hang up",
  );
});
