/** Where a session that takes no payment leads. */
import type { Core } from "../core";
import type { Reply } from "../http/server";
import { successUrl } from "../payments/finish-session";
import type { Session } from "../store/records";
import { html, safeHref } from "./html";
import { messagePage, redirect } from "./layout";

/** Where a submitted form leads; also a second submission, which must not pay twice. */
export function afterwards(core: Core, session: Session, challenge = false): Reply {
  if (challenge) return redirect(`/c/3ds/${session.id}`);
  const url = session.status === "complete" ? successUrl(session) : null;
  return url === null ? closedPage(core, session) : redirect(url);
}

export function closedPage(core: Core, session: Session): Reply {
  const shop = core.settings.shopName;
  if (session.status === "complete") {
    const href = safeHref(successUrl(session));
    return messagePage({
      title: "This order is paid",
      text: "A payment link works once. Nothing more will be charged.",
      link: href === null ? null : { href, label: `Back to ${shop}` },
      status: 200,
    });
  }
  const href = safeHref(session.cancel_url);
  return messagePage({
    title: "This checkout has expired",
    text: html`You were not charged. Start again from your cart in ${shop}.`,
    link: href === null ? null : { href, label: `Back to ${shop}` },
    status: 410,
  });
}
