import type { Reply } from "../http/server";
import { type Content, html } from "./html";
import { icon } from "./icons";

/** How a page is shown inside a shop's own. */
export interface Frame {
  /** The shop's origin, or * when it named no address to come back to. */
  parent: string;
}

interface PageOptions {
  title: string;
  /** Above the main part: a way back, or the dashboard's navigation. */
  header?: Content;
  body: Content;
  scripts?: readonly string[];
  /** Other origins a form may lead to by redirect; the shop's, after paying. */
  formTargets?: readonly string[];
  /** The shop that may show this page in a frame; none else may. */
  frame?: Frame | null;
  status?: number;
}

const SECURITY = {
  "cache-control": "no-store",
  "content-type": "text/html; charset=utf-8",
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
};

function policy(formTargets: readonly string[], frame: Frame | null): string {
  return [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    `form-action 'self' ${formTargets.join(" ")}`.trim(),
    `frame-ancestors ${frame?.parent ?? "'none'"}`,
    "base-uri 'none'",
  ].join("; ");
}

/** Every page of the sandbox: the warning band on top, plain words about what this is at the bottom. */
export function page({
  title,
  header,
  body,
  scripts = [],
  formTargets = [],
  frame = null,
  status = 200,
}: PageOptions): Reply {
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} — payment sandbox</title>
<link rel="icon" href="/assets/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/sandbox.css">
${[...scripts, ...(frame ? ["/assets/embedded.js"] : [])].map((script) => html`<script src="${script}" defer></script>`)}
</head>
<body${frame && html` class="framed" data-parent="${frame.parent}"`}>
<a class="skip" href="#main">Skip to content</a>
<div class="band" role="region" aria-label="Sandbox"><div class="wrap"><strong>${icon("flask")}Sandbox — no real money</strong><span>This page stands in for the payment provider on this machine.</span></div></div>
${!frame && header}
<main id="main">${body}</main>
${!frame && html`<footer class="foot"><div class="wrap"><p>Local payment sandbox. Card numbers other than the <a href="/test-cards">test cards</a> are refused, and nothing leaves this machine.</p></div></footer>`}
</body>
</html>`;
  return {
    status,
    headers: {
      ...SECURITY,
      ...(frame ? {} : { "x-frame-options": "DENY" }),
      "content-security-policy": policy(formTargets, frame),
    },
    body: document.text,
  };
}

/** A page with one message: gone, paid, not found. */
export function messagePage(options: {
  title: string;
  text: Content;
  link?: { href: string; label: string } | null;
  frame?: Frame | null;
  status: number;
}): Reply {
  const { title, text, link, frame = null, status } = options;
  const body = html`<div class="wrap message"><h1>${title}</h1><p>${text}</p>
${link && html`<p><a class="button button--ink" href="${link.href}">${link.label}</a></p>`}</div>`;
  return page({ title, body, frame, status });
}

export function redirect(to: string): Reply {
  return { status: 303, headers: { location: to, "cache-control": "no-store" }, body: "" };
}

export function when(seconds: number): Content {
  const date = new Date(seconds * 1000);
  const text = date.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });
  return html`<time datetime="${date.toISOString()}">${text} UTC</time>`;
}
