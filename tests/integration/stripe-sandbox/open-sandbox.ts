import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import Stripe from "stripe";
import { expect } from "vitest";
import { type SandboxClient, sandboxClient } from "../../../sandbox/stripe/client";
import { type StripeSandboxOptions, startStripeSandbox } from "../../../sandbox/stripe/start";

export const SECRET = "whsec_of_the_sandbox_test";

export interface Received {
  event: Stripe.Event;
  body: string;
  headers: IncomingHttpHeaders;
}

/** An endpoint that verifies what it gets with the official SDK, unless the test does, and answers as told. On any free port unless one is named. */
export async function openReceiver({ verify = true, port: wanted = 0 } = {}) {
  const received: Received[] = [];
  const answers: number[] = [];
  const refused: string[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      const status = answers.shift() ?? 200;
      try {
        const signature = String(request.headers["stripe-signature"]);
        const event: Stripe.Event = verify
          ? Stripe.webhooks.constructEvent(body, signature, SECRET)
          : JSON.parse(body);
        received.push({ event, body, headers: request.headers });
      } catch (error) {
        refused.push(String(error));
      }
      response.writeHead(status).end(`answered ${status}`);
    });
  });
  await new Promise<void>((resolve) => server.listen(wanted, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return {
    url: `http://127.0.0.1:${port}/webhook`,
    received,
    refused,
    /** The next deliveries are answered with these statuses, then with 200. */
    answerNext: (...statuses: number[]) => answers.push(...statuses),
    types: () => received.map((one) => one.event.type),
    close,
  };
}

export interface OpenSandbox {
  url: string;
  publicUrl: string;
  port: number;
  stripe: Stripe;
  control: SandboxClient;
  hook: Awaited<ReturnType<typeof openReceiver>>;
  /** Closes it after checking that every answer and event had the shape Stripe describes. */
  close(): Promise<void>;
}

export function sdk(port: number, key = "sk_test_of_the_sandbox_test"): Stripe {
  return new Stripe(key, {
    host: "127.0.0.1",
    port,
    protocol: "http",
    telemetry: false,
    maxNetworkRetries: 0,
  });
}

/** A sandbox of its own whose slow consequences come only when told. */
export async function openSandbox(options: StripeSandboxOptions = {}): Promise<OpenSandbox> {
  const hook = await openReceiver();
  const sandbox = await startStripeSandbox({
    webhooks: [{ url: hook.url, secret: SECRET }],
    retryDelays: [30, 30, 30],
    delays: { bankDebitSettles: null, refundSettles: null, refundFails: null, disputeOpens: 0 },
    checkAnswers: true,
    ...options,
  });
  const stripe = sdk(sandbox.port);
  const control = sandboxClient(sandbox.url);
  const close = async () => {
    await control.clearFaults();
    await control.setClock({ freeze: false });
    await sandbox.close();
    await hook.close();
    expect(sandbox.nonconforming).toEqual([]);
  };
  const { url, publicUrl, port } = sandbox;
  return { url, publicUrl, port, stripe, control, hook, close };
}

/** Parameters of an ordinary session; `amount` in minor units. */
export function sessionParams(
  amount = 4900,
  more: Stripe.Checkout.SessionCreateParams = {},
): Stripe.Checkout.SessionCreateParams {
  return {
    mode: "payment",
    success_url: "http://localhost:3000/checkout/success?session_id={CHECKOUT_SESSION_ID}",
    cancel_url: "http://localhost:3000/cart",
    line_items: [
      {
        quantity: 1,
        price_data: { currency: "usd", unit_amount: amount, product_data: { name: "Async Python" } },
      },
    ],
    ...more,
  };
}

/** What the SDK throws, so that a test can look at it. */
export async function refusal(call: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) return error;
    throw error;
  }
  throw new Error("the call was expected to be refused");
}
