import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { UserId } from "@/lib/ids";
import { newId } from "@/lib/ids";
import { MAILED_TOKEN } from "@/lib/notifications/account-mails";
import { optionalGroupOf } from "@/lib/notifications/optional-mails";
import { sampleMails } from "@/lib/notifications/sample-mails";
import { renderEmail } from "@/lib/notifications/templates/render-email";
import { seal } from "@/lib/seal";
import { findBrowser } from "../../../e2e/support/browser";

/** Markup, a header line, a word that is wider than any phone, and signs that turn the writing round. */
const HOSTILE = `<img src=x onerror="document.title='run'">\r\nBcc: victim@example.org ${"W".repeat(120)} \u202Eevil\u202C </td></table>`;
const pictures = join("test-results", "mails");

let browser: Browser;
beforeAll(async () => {
  const { executablePath, args, env } = await findBrowser();
  browser = await chromium.launch({
    executablePath,
    args: [...args],
    env: { ...process.env, ...env } as Record<string, string>,
  });
  mkdirSync(pictures, { recursive: true });
});
afterAll(() => browser?.close());

const words = { name: HOSTILE, title: HOSTILE, sealedToken: seal("x".repeat(43), MAILED_TOKEN) };
const reader = newId() as UserId;
const kinds = Object.entries(sampleMails(words));

async function write(kind: string, payload: unknown) {
  const mail = await renderEmail(kind, payload, reader);
  if (!mail.ok) throw new Error(`${kind}: ${mail.error}`);
  return mail.value;
}

describe.each(kinds)("the mail %s", (kind, payload) => {
  test("keeps what people wrote inert, in subject, HTML and text", async () => {
    const { subject, html, text } = await write(kind, payload);
    expect(subject).not.toMatch(/[\r\n]/);
    expect(subject.length).toBeGreaterThan(5);
    expect(html).not.toMatch(/<img|<script|<link|<iframe|@import|url\(/i);
    expect(html).toContain('lang="en"');
    expect(text.length).toBeGreaterThan(60);
    expect(text, "no markup of ours in the text").not.toMatch(/style=|class=|&(amp|lt|nbsp|#\d+);/);
  });

  test("can be read on a phone of 320 px, in light and in the dark", async () => {
    const { html } = await write(kind, payload);
    for (const colorScheme of ["light", "dark"] as const) {
      const page = await browser.newPage({ viewport: { width: 320, height: 640 }, colorScheme });
      const asked: string[] = [];
      page.on("request", (request) => asked.push(request.url()));
      await page.setContent(html);
      const seen = await measure(page);
      expect(seen.width, "no sideways scrolling").toBeLessThanOrEqual(320);
      expect(seen.faint, `readable in ${colorScheme}`).toEqual([]);
      expect(seen.isDark).toBe(colorScheme === "dark");
      expect(await page.title()).not.toBe("run");
      expect(asked).toEqual([]);
      await page.screenshot({ path: join(pictures, `${kind}-${colorScheme}.png`), fullPage: true });
      await page.close();
    }
  });

  test("can be ended if and only if one can do without it", async () => {
    const { html, headers } = await write(kind, payload);
    expect(Object.keys(headers)).toEqual(
      optionalGroupOf(kind) ? ["List-Unsubscribe", "List-Unsubscribe-Post"] : [],
    );
    expect(html.includes("/unsubscribe/")).toBe(optionalGroupOf(kind) !== null);
  });
});

/** How wide the page is, and which words have less contrast than 4.5 to 1 with what is behind them. */
function measure(page: Page) {
  return page.evaluate(() => {
    const channels = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number);
    const luminance = (color: string) => {
      const [r = 0, g = 0, b = 0] = channels(color).map((value) => {
        const share = value / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (element: Element | null): string => {
      if (!element) return "rgb(255, 255, 255)";
      const color = getComputedStyle(element).backgroundColor;
      return channels(color)[3] === 0 ? behind(element.parentElement) : color;
    };
    const faint: string[] = [];
    for (const element of document.body.querySelectorAll("*")) {
      const said = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
      if (!said || element.getClientRects().length === 0) continue;
      const [one, other] = [luminance(getComputedStyle(element).color), luminance(behind(element))];
      const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
      if (contrast < 4.5)
        faint.push(`${element.tagName} ${contrast.toFixed(1)}: ${element.textContent?.slice(0, 40)}`);
    }
    const isDark = luminance(behind(document.body)) < 0.2;
    return { width: document.documentElement.scrollWidth, faint, isDark };
  });
}
