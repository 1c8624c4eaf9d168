/** Where a session that takes no payment leads. */
import type { Core } from "../core";
import type { Reply } from "../http/server";
import { payPage, successUrl } from "../payments/finish-session";
import type { Session } from "../store/records";
import { frameOf } from "./frame";
import { html, safeHref } from "./html";
import { messagePage, page, redirect } from "./layout";

/** Where a submitted form leads; also a second submission, which must not pay twice. */
export function afterwards(core: Core, session: Session, challenge = false): Reply {
  if (challenge) return redirect(`/c/3ds/${session.id}`);
  if (session.status !== "complete" || session.ui_mode === "embedded_page") return closedPage(core, session);
  const url = successUrl(session);
  return url === null ? closedPage(core, session) : redirect(url);
}

export function closedPage(core: Core, session: Session): Reply {
  const frame = frameOf(session);
  const shop = core.settings.shopName;
  if (session.status === "complete" && frame) {
    // The page around the frame is told, and leads on; the words are for when it does not.
    const body = html`<div class="wrap message" data-complete="${successUrl(session) ?? ""}"><h1>Your order is complete</h1><p role="status">One moment: ${shop} takes over from here.</p></div>`;
    return page({ title: "Order complete", body, frame });
  }
  if (session.status === "complete") {
    const href = safeHref(successUrl(session));
    return messagePage({
      title: "This order is paid",
      text: "A payment link works once. Nothing more will be charged.",
      link: href === null ? null : { href, label: `Back to ${shop}` },
      status: 200,
    });
  }
  const href = frame ? null : safeHref(session.cancel_url);
  return messagePage({
    title: "This checkout has expired",
    text: html`You were not charged. Start again from your cart in ${shop}.`,
    link: href === null ? null : { href, label: `Back to ${shop}` },
    frame,
    status: 410,
  });
}

/** Back to the form of an open session. */
export function backToForm(core: Core, session: Session): Reply {
  return redirect(payPage(core, session.id, session.client_secret).slice(core.publicUrl.length));
}
