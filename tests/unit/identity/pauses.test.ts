import { expect, test } from "vitest";
import { secondStepMessages, signInMessages } from "@/components/identity/rejections";
import { confirmMessages, twoStepMessages } from "@/components/settings/rejections";
import { type Limit, limits, type ThrottleKind } from "@/lib/identity/limits";

const words = new Map([
  [600, "ten minutes"],
  [3_600, "an hour"],
  [86_400, "a day"],
]);

test.each<[form: string, { readonly text: string }, readonly ThrottleKind[]]>([
  [
    "signing in",
    signInMessages.throttled,
    ["signInHere", "signInAddress", "signInAccountHour", "signInAccountDay"],
  ],
  ["the second step", secondStepMessages.throttled, ["secondFactor", "secondFactorDay"]],
  ["setting two-step sign-in up", twoStepMessages.throttled, ["secondFactor", "secondFactorDay"]],
  ["asking for the password again", confirmMessages.throttled, ["confirmPassword"]],
])("%s names each pause that may follow", (_form, { text }, kinds) => {
  for (const kind of kinds) {
    const { seconds, pause = seconds }: Limit = limits[kind];
    expect(text).toContain(words.get(pause));
  }
});
