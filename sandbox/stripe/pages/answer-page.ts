import type { IncomingMessage } from "node:http";
import type { Reply } from "../http/server";
import { asset } from "./assets";
import { showChallenge, submitChallenge } from "./challenge-page";
import { showCheckout, submitCheckout, submitPromotion } from "./checkout";
import { showTotals } from "./checkout-totals";
import { listCustomers, showCustomer } from "./dashboard/customers-page";
import { listDeliveries } from "./dashboard/deliveries-page";
import { listEvents, resendEvent, showEvent } from "./dashboard/events-page";
import { orderFault, showFaults } from "./dashboard/faults-page";
import { actOnPayment } from "./dashboard/payment-actions";
import { showPayment } from "./dashboard/payment-page";
import { listPayments } from "./dashboard/payments-page";
import { endSession, listSessions, showSession } from "./dashboard/sessions-page";
import { showInvoice } from "./invoice-page";
import { notFound, type PageCall, type PageParts } from "./page-call";
import { showReceipt } from "./receipt-page";
import { showTestCards } from "./test-cards-page";

type PageHandler = (call: PageCall) => Reply;

const pages: Record<string, PageHandler> = {
  "GET /": listPayments,
  "GET /c/3ds/{id}": showChallenge,
  "POST /c/3ds/{id}": submitChallenge,
  "GET /c/pay/{id}": showCheckout,
  "POST /c/pay/{id}": submitCheckout,
  "GET /c/pay/{id}/totals": showTotals,
  "POST /c/pay/{id}/promotion": submitPromotion,
  "GET /dashboard": listPayments,
  "GET /dashboard/customers": listCustomers,
  "GET /dashboard/customers/{id}": showCustomer,
  "GET /dashboard/events": listEvents,
  "GET /dashboard/events/{id}": showEvent,
  "POST /dashboard/events/{id}/resend": resendEvent,
  "GET /dashboard/deliveries": listDeliveries,
  "GET /dashboard/faults": showFaults,
  "POST /dashboard/faults/{action}": orderFault,
  "GET /dashboard/payments": listPayments,
  "GET /dashboard/payments/{id}": showPayment,
  "POST /dashboard/payments/{id}/{action}": actOnPayment,
  "GET /dashboard/sessions": listSessions,
  "GET /dashboard/sessions/{id}": showSession,
  "POST /dashboard/sessions/{id}/expire": endSession,
  "GET /endive/stripe.js": () => asset("stripe.js") ?? notFound(),
  "GET /invoices/{id}": showInvoice,
  "GET /receipts/{id}": showReceipt,
  "GET /test-cards": showTestCards,
};

const compiled = Object.entries(pages).map(([operation, handle]) => {
  const [method = "", path = ""] = operation.split(" ");
  return { method, parts: path.split("/"), handle };
});

export function answerPage(parts: PageParts, request: IncomingMessage, url: URL, body: string): Reply {
  const method = request.method === "HEAD" ? "GET" : (request.method ?? "GET");
  if (method === "GET" && url.pathname.startsWith("/assets/")) {
    const file = asset(url.pathname.slice("/assets/".length));
    if (file) return file;
  }
  const given = (url.pathname === "/" ? "/" : url.pathname.replace(/\/$/, "")).split("/");
  const match = compiled.find(
    (one) =>
      one.method === method &&
      one.parts.length === given.length &&
      one.parts.every((part, index) => part.startsWith("{") || part === given[index]),
  );
  if (match === undefined) return notFound();
  const at = (name: string) => given[match.parts.indexOf(name)] ?? "";
  const { core } = parts;
  core.events.cause = null;
  core.jobs.runDue();
  const form = new URLSearchParams(body);
  return match.handle({ core, parts, id: at("{id}"), action: at("{action}"), query: url.searchParams, form });
}
