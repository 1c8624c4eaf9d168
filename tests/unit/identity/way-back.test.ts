import { describe, expect, it } from "vitest";
import { wayBack } from "@/components/layout/way-back";
import { safeReturnTo } from "@/lib/identity/safe-return-to";

function leadsTo(address: string): string {
  const { pathname, search } = new URL(address, "http://here.invalid");
  return safeReturnTo(new URLSearchParams(wayBack({ pathname, search })).get("returnTo") ?? "", "nowhere");
}

describe("the header's way to sign in", () => {
  it.each([
    ["/courses/testing-python", "/courses/testing-python"],
    ["/courses/search?q=two+words&level=beginner", "/courses/search?q=two+words&level=beginner"],
    ["/sign-up?returnTo=%2Fgift", "/gift"],
    ["/cart?removed=testing-python", "/cart"],
  ])("leads back from %s to %s", (address, back) => {
    expect(leadsTo(address)).toBe(back);
  });

  it("asks for no place to come back to on the home page and on the pages of signing in", () => {
    expect(wayBack({ pathname: "/", search: "" })).toBe("");
    expect(leadsTo("/sign-up")).toBe("nowhere");
    expect(leadsTo("/sign-up?returnTo=%2F%2Felsewhere.test")).toBe("nowhere");
  });

  it("carries no mailed link's secret", () => {
    expect(leadsTo("/gift?token=secret")).toBe("/gift");
  });
});
