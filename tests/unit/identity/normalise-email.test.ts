import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normaliseEmail } from "@/lib/identity/normalise-email";

describe("normaliseEmail", () => {
  it.each([
    ["Mira@Example.com", "mira@example.com"],
    ["  mira@example.com\n", "mira@example.com"],
    ["mira+python@example.com", "mira+python@example.com"],
    ["o'neil_42@sub.example.co.uk", "o'neil_42@sub.example.co.uk"],
    ["mira＠example.com", "mira@example.com"],
    ["ｍｉｒａ@ｅｘａｍｐｌｅ.com", "mira@example.com"],
    ["mira@BÜCHER.example", "mira@xn--bcher-kva.example"],
    ["mi\u212Ae@example.com" /* Kelvin sign */, "mike@example.com"],
  ])("%j is stored as %j", (typed, stored) => {
    expect(normaliseEmail(typed)).toBe(stored);
  });

  it.each([
    "",
    " ",
    "mira",
    "@example.com",
    "mira@",
    "mira@localhost",
    "mira@@example.com",
    "mira@example@evil.com",
    "mira@example＠evil.com",
    '"mira@evil.com"@example.com',
    '"mira"@example.com',
    "mira@evil.com,owner@example.com",
    "mira@evil.com;owner@example.com",
    "mira@evil.com owner@example.com",
    "Mira <mira@example.com>",
    "<mira@example.com>",
    "mira(comment)@example.com",
    "mira@[127.0.0.1]",
    "mira@127.0.0.1",
    "mira@1.2.3",
    "mira@0x7f.1",
    "mira@exa mple.com",
    "mira@example..com",
    "mira@-example.com",
    "mira@example.com.",
    ".mira@example.com",
    "mira.@example.com",
    "mi..ra@example.com",
    "mira@example.com\r\nBcc: owner@example.com",
    "mi\u0000ra@example.com",
    "mіra@example.com" /* Cyrillic і */,
    "mira@example.com/x",
    "mira@example.com:25",
    "mira@example.com?x",
    `${"a".repeat(65)}@example.com`,
    `mira@${"a".repeat(64)}.com`,
    `mira@${`${"a".repeat(60)}.`.repeat(5)}com`,
    `${"x".repeat(5_000)}@example.com`,
    "mira%40evil.com@",
    "mira@evil%2ecom",
  ])("refuses %j", (typed) => {
    expect(normaliseEmail(typed)).toBeNull();
  });

  it("finds nothing more to do in its own answer", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.emailAddress(),
          fc.string({ unit: "binary" }),
          fc.tuple(fc.string(), fc.domain()).map((parts) => parts.join("@")),
        ),
        (typed) => {
          const once = normaliseEmail(typed);
          if (once === null) return;
          expect(normaliseEmail(once)).toBe(once);
          expect(once).toBe(once.toLowerCase());
          expect(once.split("@")).toHaveLength(2);
          expect(once).toMatch(/^[\x21-\x7e]+$/);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it("takes every plain address in any case", () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        expect(normaliseEmail(address.toUpperCase())).toBe(normaliseEmail(address));
        expect(normaliseEmail(address)).not.toBeNull();
      }),
    );
  });
});
