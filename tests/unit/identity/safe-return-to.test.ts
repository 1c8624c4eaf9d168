import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { safeReturnTo } from "@/lib/identity/safe-return-to";

const SITE = "https://shop.example";

/** Where a browser goes that is told `path` by a page of the shop. */
const destination = (path: string) => new URL(path, `${SITE}/sign-in`).origin;

const attacks = [
  "//evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "\\/evil.example",
  "https:evil.example",
  "https:/evil.example",
  "https://evil.example",
  "HTTPS://evil.example",
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  "java\tscript:alert(1)",
  "data:text/html,x",
  "vbscript:x",
  "blob:https://evil.example/x",
  "mailto:a@evil.example",
  "%2f%2fevil.example",
  "/%2f%2fevil.example",
  "/%2fevil.example",
  "/%5cevil.example",
  "/%255cevil.example",
  "/%25252f%25252fevil.example",
  "/%09/evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "/\r\n/evil.example",
  "/%0d%0aLocation:%20https://evil.example",
  "/%0a/evil.example",
  "/\u0000/evil.example",
  "/%00/evil.example",
  "@evil.example",
  "evil.example",
  "shop.example@evil.example",
  "///evil.example",
  "////evil.example",
  "/.//evil.example",
  "/..//evil.example",
  "/./%2e%2e//evil.example",
  "/\u200b/evil.example",
  "/\u2028/evil.example",
  "/%e2%80%a8/evil.example",
  " //evil.example",
  " /cart",
  "?//evil.example",
  "#//evil.example",
  "",
];

const ownPages = [
  "/",
  "/cart",
  "/courses/search?q=50%25&type=sql",
  "/courses/python-from-zero?coupon=SPRING#outline",
  "/account/orders/ORD-20260131-7K3M9Q",
  "/learn/sql/01-select?from=a%20b",
  "/courses/sign-in-with-python",
  "/courses/search?next=https%3A%2F%2Fexample.com",
];

describe("safeReturnTo", () => {
  it.each(attacks)("refuses %j", (attack) => {
    expect(safeReturnTo(attack, "/fallback")).toBe("/fallback");
  });

  it.each(ownPages)("keeps %j", (path) => {
    expect(safeReturnTo(path)).toBe(path);
  });

  it.each(["/sign-in", "/sign-in?returnTo=/cart", "/SIGN-UP", "/sign-up/", "/api/viewer", "/x/../sign-in"])(
    "does not lead back to %j",
    (path) => {
      expect(safeReturnTo(path, "/home")).toBe("/home");
    },
  );

  it.each([undefined, null, 1, {}, ["/cart", "/learn"], "/".padEnd(2_001, "x")])(
    "refuses what is no short text: %j",
    (odd) => {
      expect(safeReturnTo(odd)).toBe("/");
    },
  );

  it("never leaves the site, whatever is asked for", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "/",
        "\\",
        "//",
        "%2f",
        "%5c",
        "%252f",
        "\t",
        "%09",
        "\n",
        ":",
        "@",
        "https:",
        "javascript:",
        ".",
        "..",
        "?",
        "#",
        "evil.example",
        "\u200b",
        " ",
      ),
      fc.string({ unit: "binary", maxLength: 3 }),
    );
    const wanted = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(wanted, (text) => {
        const path = safeReturnTo(text);
        expect(path.startsWith("/")).toBe(true);
        expect(destination(path)).toBe(SITE);
        expect(path).not.toMatch(/[\r\n\t\\]/);
        // Also for a proxy or a page that undoes the percent-encoding first.
        expect(destination(decoded(path))).toBe(SITE);
      }),
      { numRuns: 3_000 },
    );
  });

  it("answers its own answers unchanged", () => {
    fc.assert(
      fc.property(fc.webPath(), fc.webQueryParameters(), (path, query) => {
        const once = safeReturnTo(`${path}?${query}`);
        expect(safeReturnTo(once)).toBe(once);
      }),
    );
  });
});

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
