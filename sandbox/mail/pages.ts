import type { Attachment } from "./email";
import type { EmailHead, StoredEmail } from "./mailbox";
import { PAGE_STYLE } from "./page-style";

/** The list, newest first. */
export function inboxPage(mails: readonly EmailHead[], next: string | null, to: string): string {
  const list = mails.length > 0 ? `<ul class="mails">${mails.map(row).join("")}</ul>` : empty(to);
  const query = to ? `&amp;to=${encodeURIComponent(to)}` : "";
  const more = next
    ? `<a class="more" href="/?before=${encodeURIComponent(next)}${query}">Older mails</a>`
    : "";
  return layout(
    "Inbox",
    `<h1>Inbox</h1><p class="lead">Everything the shop has sent, to whomever. Nothing has left this machine.</p>
<form role="search"><label for="to">Recipient</label><input id="to" name="to" type="email" autocomplete="off" value="${escapeHtml(to)}"><button>Find</button></form>
${list}${more}`,
  );
}

function row(mail: EmailHead): string {
  const files =
    mail.attachmentCount === 0
      ? ""
      : ` · ${mail.attachmentCount} attachment${mail.attachmentCount === 1 ? "" : "s"}`;
  return `<li><a href="/mails/${mail.id}"><strong>${escapeHtml(mail.subject)}</strong> ${instant(mail.createdAt)}<span class="to">${escapeHtml(mail.to.join(", "))}${files}</span></a></li>`;
}

function empty(to: string): string {
  return to
    ? `<p class="empty">No mail to ${escapeHtml(to)}. <a href="/">Show all mails</a></p>`
    : '<p class="empty">No mail yet. Create an account or buy a course in the shop, and its mails arrive here.</p>';
}

/** One mail: head, rendered HTML in a frame without scripts, text, attachments, headers. */
export function mailPage(mail: StoredEmail): string {
  const addresses: [string, readonly string[]][] = [
    ["From", [mail.from]],
    ["To", mail.to],
    ["Cc", mail.cc],
    ["Bcc", mail.bcc],
    ["Reply to", mail.replyTo],
  ];
  const rows = [
    ...addresses
      .filter(([, list]) => list.length > 0)
      .map(([name, list]) => [name, escapeHtml(list.join(", "))]),
    ["Received", instant(mail.createdAt)],
    ...(mail.scheduledAt ? [["Scheduled for", escapeHtml(mail.scheduledAt)]] : []),
    ...Object.entries(mail.headers).map(([name, value]) => [escapeHtml(name), escapeHtml(value)]),
    ...mail.tags.map((tag) => ["Tag", `${escapeHtml(tag.name)}: ${escapeHtml(tag.value)}`]),
    ...(mail.idempotencyKey ? [["Idempotency key", escapeHtml(mail.idempotencyKey)]] : []),
  ];
  const html = mail.html
    ? `<h2 id="html">Message</h2><iframe src="/mails/${mail.id}/html" title="The message as the recipient sees it" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`
    : "";
  const text = mail.text ? `<h2>Plain text</h2><pre tabindex="0">${escapeHtml(mail.text)}</pre>` : "";
  return layout(
    mail.subject,
    `<a class="back" href="/">Back to the inbox</a><h1>${escapeHtml(mail.subject)}</h1>
<dl>${rows.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join("")}</dl>
${html}${attachments(mail)}${text}`,
  );
}

function attachments(mail: StoredEmail): string {
  if (mail.attachments.length === 0) return "";
  const items = mail.attachments.map((file, index) =>
    file.content === null
      ? `<li>${escapeHtml(file.filename)} <span class="note">named by its address ${escapeHtml(file.path ?? "")}, not fetched</span></li>`
      : `<li><a href="/mails/${mail.id}/attachments/${index}">${escapeHtml(file.filename)}</a> <span class="note">${escapeHtml(file.contentType)}, ${kilobytes(file)}</span></li>`,
  );
  return `<h2>Attachments</h2><ul class="files">${items.join("")}</ul>`;
}

function kilobytes(file: Attachment): string {
  return `${(Buffer.byteLength(file.content ?? "", "base64") / 1000).toFixed(1)} kB`;
}

/** What the frame shows: links open in a new tab, pictures sent along with the mail are found. */
export function framedHtml(mail: StoredEmail): string {
  const html = (mail.html ?? "").replace(/(["'(])cid:([^"')]+)/g, (whole, before: string, cid: string) => {
    const index = mail.attachments.findIndex((file) => file.contentId === cid);
    return index === -1 ? whole : `${before}/mails/${mail.id}/attachments/${index}`;
  });
  return `${/^\s*<!doctype/i.test(html) ? "" : "<!doctype html>"}<base target="_blank">${html}`;
}

export function notFoundPage(): string {
  return layout(
    "Not found",
    '<h1>There is no such page</h1><p class="lead">The mail may have been cleared away.</p><a class="back" href="/">Back to the inbox</a>',
  );
}

function layout(title: string, main: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} — mail sandbox</title><link rel="icon" href="data:,"><style>${PAGE_STYLE}</style></head>
<body><a class="skip" href="#main">Skip to content</a>
<div class="band" role="region" aria-label="Sandbox"><div class="wrap"><strong>Sandbox — no real mail</strong><span>This inbox stands in for the mail provider on this machine.</span></div></div>
<main id="main" class="wrap">${main}</main>
<footer><div class="wrap">Local mail sandbox. Set RESEND_API_KEY to send real mails instead.</div></footer></body></html>`;
}

function instant(iso: string): string {
  return `<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC</time>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
