import { describe, expect, it } from "vitest";
import { formatDay } from "@/lib/format-day";
import { type GiftFacts, giftState } from "@/lib/gifts/gift-state";
import { judgeDay, lastDay } from "@/lib/gifts/judge-day";
import { quietLinks } from "@/lib/gifts/quiet-links";
import { changeGiftInput, giveInput } from "@/lib/gifts/schema";
import { renderEmail } from "@/lib/notifications/templates/render-email";
import { seal } from "@/lib/seal";

describe("the state of a gift", () => {
  const at = new Date("2026-12-24T07:00:00Z");
  const facts: GiftFacts = {
    orderStatus: "completed",
    isReturned: false,
    disputes: [],
    deliveredAt: at,
    claimedAt: null,
  };

  it("follows the money before anything else", () => {
    for (const claimedAt of [null, at]) {
      for (const orderStatus of ["pending", "processing", "failed", "expired"] as const)
        expect(giftState({ ...facts, claimedAt, orderStatus })).toBe("unpaid");
      expect(giftState({ ...facts, claimedAt, isReturned: true, disputes: ["open"] })).toBe("returned");
      expect(giftState({ ...facts, claimedAt, disputes: ["kept", "open"] })).toBe("paused");
      expect(giftState({ ...facts, claimedAt, disputes: ["open", "lost"] })).toBe("ended");
    }
  });

  it("is planned, sent, claimed while nothing stands against it", () => {
    expect(giftState({ ...facts, deliveredAt: null })).toBe("planned");
    expect(giftState({ ...facts, disputes: ["inquiry", "kept"] })).toBe("sent");
    expect(giftState({ ...facts, orderStatus: "partially_refunded", claimedAt: at })).toBe("claimed");
  });
});

describe("the day of a gift", () => {
  it("is today or within a year, on the buyer's calendar", () => {
    expect(judgeDay(null, "2026-11-26")).toBeNull();
    expect(judgeDay("2026-11-26", "2026-11-26")).toBeNull();
    expect(judgeDay("2026-11-25", "2026-11-26")).toBe("day_past");
    expect(lastDay("2026-11-26")).toBe("2027-11-26");
    expect(judgeDay("2027-11-26", "2026-11-26")).toBeNull();
    expect(judgeDay("2027-11-27", "2026-11-26")).toBe("day_far");
    expect(formatDay("2026-12-24")).toBe("24 December 2026");
  });
});

describe("what a buyer types", () => {
  const typed = { course: "a", email: " Grace@Example.COM ", message: "", deliverOn: "" };

  it("is one address in the spelling that is stored, and plain words", () => {
    expect(giveInput.parse(typed)).toMatchObject({ email: "grace@example.com", deliverOn: null });
    const { message } = giveInput.parse({
      ...typed,
      message: " Dear\r\n\r\n\r\n\r\nGrace\u0000\u202e 👩‍💻 ",
    });
    expect(message).toBe("Dear\n\nGrace   👩‍💻");
  });

  it("is refused when it is more than that", () => {
    const wrong = [
      { email: "a@example.com, b@example.com" },
      { email: "a@example.com\r\nBcc: b@example.com" },
      { email: "" },
      { message: "x".repeat(501) },
      { deliverOn: "24.12.2026" },
      { deliverOn: "2026-02-30" },
      { course: "../admin" },
    ];
    for (const change of wrong) expect(giveInput.safeParse({ ...typed, ...change }).success).toBe(false);
    expect(changeGiftInput.safeParse({ ...typed, gift: "1" }).success).toBe(false);
  });
});

describe("the mail of a gift", () => {
  const token = "t".repeat(43);
  const write = async (from: string | null, message: string) => {
    const payload = {
      from,
      title: "Joins",
      summary: "All about joins.",
      message,
      sealedToken: seal(token, "mailed token"),
    };
    const rendered = await renderEmail("gift_received", payload);
    if (!rendered.ok) throw new Error(rendered.error);
    return rendered.value;
  };

  it("has the link once, and nothing else of the buyer's that could be pressed", async () => {
    const { html, text, subject } = await write(
      "Visit evil.example",
      "See https://evil.example/x or www.evil.example\nor mail me@evil.example",
    );
    expect(text.match(/\/gift\?token=t{43}/g)).toHaveLength(1);
    for (const part of [html, text, subject])
      expect(part).not.toMatch(/evil\.example|https?:\/\/evil|me@evil/);
    expect(html.match(/href="[^"]+"/g)).toHaveLength(2);
  });

  it("keeps words inert and lines apart", async () => {
    const { html, text } = await write(null, "<img src=x onerror=alert(1)>\nSecond line");
    expect(html).not.toContain("<img");
    expect(html).toContain("<br/>");
    expect(text).toContain("Somebody has paid");
  });

  it("breaks every address with an invisible space and leaves sentences alone", () => {
    expect(quietLinks("Well done. At 10:30, a/b.")).toBe("Well done. At 10:\u200b30, a/\u200bb.");
  });
});
