import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { addressPrefix, describeDevice } from "@/lib/identity/describe-device";

const WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)";

describe("a device in words", () => {
  it.each([
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/142.0.0.0 Safari/537.36`,
      "Chrome on Windows",
    ],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0`,
      "Edge on Windows",
    ],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/142.0.0.0 Safari/537.36 OPR/125.0.0.0`,
      "Opera on Windows",
    ],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox on Linux"],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15",
      "Safari on Mac",
    ],
    [
      `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${WEBKIT} Chrome/142.0.0.0 Safari/537.36`,
      "Chrome on ChromeOS",
    ],
    [
      `Mozilla/5.0 (Linux; Android 10; K) ${WEBKIT} Chrome/142.0.0.0 Mobile Safari/537.36`,
      "Chrome on Android",
    ],
    [
      `Mozilla/5.0 (Linux; Android 10; K) ${WEBKIT} SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36`,
      "Samsung Internet on Android",
    ],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0.0.0 Mobile/15E148 Safari/604.1",
      "Chrome on iPhone",
    ],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/145.0 Mobile/15E148 Safari/605.1.15",
      "Firefox on iPhone",
    ],
    [
      "Mozilla/5.0 (iPad; CPU OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1",
      "Safari on iPad",
    ],
  ])("%s", (userAgent, words) => {
    expect(describeDevice(userAgent)).toBe(words);
  });

  it.each([
    ["Firefox/145.0", "Firefox"],
    ["curl/8.5.0 (Windows)", "Windows"],
    ["curl/8.5.0", "Unknown device"],
    ["", "Unknown device"],
    [null, "Unknown device"],
  ])("says of %j what is known", (userAgent, words) => {
    expect(describeDevice(userAgent)).toBe(words);
  });

  it("repeats nothing of what a browser sends", () => {
    const known = /^(Unknown device|[A-Z][A-Za-z ]+|iPhone|iPad)$/;
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (sent) => {
        expect(describeDevice(sent)).toMatch(known);
        expect(describeDevice(`<b>${sent}</b>`)).not.toContain("<");
      }),
    );
  });
});

describe("a place", () => {
  it.each([
    ["203.0.113.7", "203.0.113.*"],
    ["2001:db8:1:2::/64", "2001:db8:1::*"],
    ["unknown", null],
    ["", null],
  ])("%j is shown as %j", (address, shown) => {
    expect(addressPrefix(address)).toBe(shown);
  });

  test("never tells the whole of an address", () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(addressPrefix(address)?.split(".").at(-1)).toBe("*");
      }),
    );
  });
});
