import type { Reply } from "../http/server";
import { type Content, html } from "./html";
import { icon } from "./icons";

interface PageOptions {
  title: string;
  /** Above the main part: a way back, or the dashboard's navigation. */
  header?: Content;
  body: Content;
  scripts?: readonly string[];
  /** Other origins a form may lead to by redirect; the shop's, after paying. */
  formTargets?: readonly string[];
  status?: number;
}

const SECURITY = {
  "cache-control": "no-store",
  "content-type": "text/html; charset=utf-8",
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

function policy(formTargets: readonly string[]): string {
  return [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    `form-action 'self' ${formTargets.join(" ")}`.trim(),
    "frame-ancestors 'none'",
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
${scripts.map((script) => html`<script src="${script}" defer></script>`)}
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<div class="band" role="region" aria-label="Sandbox"><div class="wrap"><strong>${icon("flask")}Sandbox — no real money</strong><span>This page stands in for the payment provider on this machine.</span></div></div>
${header}
<main id="main">${body}</main>
<footer class="foot"><div class="wrap"><p>Local payment sandbox. Card numbers other than the <a href="/test-cards">test cards</a> are refused, and nothing leaves this machine.</p></div></footer>
</body>
</html>`;
  return {
    status,
    headers: { ...SECURITY, "content-security-policy": policy(formTargets) },
    body: document.text,
  };
}

/** A page with one message: gone, paid, not found. */
export function messagePage(options: {
  title: string;
  text: Content;
  link?: { href: string; label: string } | null;
  status: number;
}): Reply {
  const { title, text, link, status } = options;
  const body = html`<div class="wrap message"><h1>${title}</h1><p>${text}</p>
${link && html`<p><a class="button button--ink" href="${link.href}">${link.label}</a></p>`}</div>`;
  return page({ title, body, status });
}

export function redirect(to: string): Reply {
  return { status: 303, headers: { location: to, "cache-control": "no-store" }, body: "" };
}

export function when(seconds: number): Content {
  const date = new Date(seconds * 1000);
  const text = date.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });
  return html`<time datetime="${date.toISOString()}">${text} UTC</time>`;
}
