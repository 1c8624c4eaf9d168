import type { Core } from "../core";
import type { Reply } from "../http/server";
import { formatMoney } from "../payments/currency";
import { payPage, successUrl } from "../payments/finish-session";
import { answerChallenge } from "../payments/pay-session";
import type { PaymentIntent, Session } from "../store/records";
import { afterwards, backToForm } from "./closed-page";
import { frameOf } from "./frame";
import { html } from "./html";
import { icon } from "./icons";
import { page } from "./layout";
import { notFound, type PageCall } from "./page-call";

function waitingIntent(core: Core, session: Session): PaymentIntent | null {
  const intent =
    session.payment_intent === null ? undefined : core.store.paymentIntents.get(session.payment_intent);
  return session.status === "open" && intent?.status === "requires_action" ? intent : null;
}

export function showChallenge({ core, id }: PageCall): Reply {
  const session = core.store.sessions.get(id);
  if (session === undefined) return notFound();
  const intent = waitingIntent(core, session);
  if (intent === null) return backToForm(core, session);
  const method =
    intent.payment_method === null ? undefined : core.store.paymentMethods.get(intent.payment_method);
  const { last4 } = { last4: "", ...method?.card };
  const order = session.metadata.order_number ?? session.client_reference_id;
  const target = successUrl(session);
  const body = html`<div class="wrap challenge-wrap"><section class="challenge" aria-labelledby="ch"><header><span class="challenge__bank">${icon("landmark")}Test Bank</span><span class="tiny muted">3-D Secure 2 simulation</span></header>
<div class="challenge__body"><h1 id="ch">Confirm your payment</h1><p class="soft">Your bank asks whether this payment is yours. A real bank would send a code or ask in its app. Here you decide the answer.</p>
<dl class="facts"><div><dt>Shop</dt><dd>${core.settings.shopName}</dd></div><div><dt>Amount</dt><dd class="num">${formatMoney(intent.amount, intent.currency)}</dd></div><div><dt>Card</dt><dd class="num">Ending ${last4}</dd></div>${order && html`<div><dt>Order</dt><dd class="num">${order}</dd></div>`}</dl>
<form method="post" action="/c/3ds/${id}"><button class="button button--ink button--large button--block" name="answer" value="pass">${icon("check")}Complete authentication</button><button class="button button--secondary button--large button--block" name="answer" value="fail">${icon("x")}Fail authentication</button><a class="button button--quiet button--block" href="${payPage(core, id, session.client_secret)}">Cancel and choose another card</a></form></div></section></div>`;
  return page({
    title: "Confirm your payment",
    body,
    frame: frameOf(session),
    formTargets: target === null ? [] : [new URL(target).origin],
  });
}

export function submitChallenge({ core, id, form }: PageCall): Reply {
  const session = core.store.sessions.get(id);
  if (session === undefined) return notFound();
  const result = core.store.transaction(() => answerChallenge(core, session, form.get("answer") === "pass"));
  if (result.outcome === "declined") return backToForm(core, result.session);
  return afterwards(core, result.session);
}
