import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COMMON_PASSWORDS } from "@/lib/identity/common-passwords";
import { guessablePassword, passwordLength } from "@/lib/identity/password-policy";
import { signInInput, signUpInput } from "@/lib/identity/schema";

const context = { storeName: "Harbour Books", name: "Mira Okafor", email: "m.okafor@example.com" };
const person = { name: "Mira", email: "mira@example.com" };
const parsed = (password: string) => signUpInput.safeParse({ ...person, password });

describe("length", () => {
  it("counts characters, from 8 to 128", () => {
    expect(parsed("sevench").success).toBe(false);
    expect(parsed("eightchr").success).toBe(true);
    expect(parsed("é".repeat(128)).success).toBe(true);
    expect(parsed("x".repeat(129)).success).toBe(false);
    expect(passwordLength("🦉🦉🦉🦉")).toBe(4);
    expect(parsed("🦉".repeat(8)).success).toBe(true);
    expect(parsed("🦉".repeat(7)).success).toBe(false);
  });

  it("keeps every character exactly as typed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 8, maxLength: 128 }), (password) => {
        const up = parsed(password);
        expect(up.success && up.data.password).toBe(password);
        const again = signInInput.safeParse({ email: person.email, password });
        expect(again.success && again.data.password).toBe(password);
      }),
    );
    expect(parsed("  spaces at both ends  ").data?.password).toBe("  spaces at both ends  ");
  });

  it("takes nothing else that is posted", () => {
    const input = signUpInput.parse({
      ...person,
      password: "eightchr",
      role: "admin",
      id: "1",
      stripeCustomerId: "cus_1",
      createdAt: "2020",
    });
    expect(Object.keys(input).sort()).toEqual(["email", "name", "password"]);
  });
});

describe("guessablePassword", () => {
  it.each([
    "password",
    "Password1",
    "P@ssw0rd!",
    "passw0rd2026",
    "12345678",
    "1234567890",
    "0987654321",
    "qwertyuiop",
    "QWERTZUIOP",
    "iloveyou",
    "sunshine1",
    "princess!!",
    "letmein123",
    "welcome2024",
    "admin123",
    "abcdefgh",
    "hgfedcba",
    "aaaaaaaa",
    "abcabcabc",
    "12121212",
    "1q2w3e4r5t",
    "zaq12wsx",
    "trustno1",
    "football99",
    "correcthorsebatterystaple",
    "Python123",
    "Monkey!!",
    "dr4g0n123",
    "qwerty123456",
  ])("%j is common", (password) => {
    expect(guessablePassword(password, context)).toBe("password_common");
  });

  it.each([
    "harbourbooks",
    "Harbour Books",
    "HarbourBooks2026!",
    "lectern2026",
    "Lectern!",
    "okafor1234",
    "miraokafor",
    "Mira.Okafor.1",
    "m.okafor@example.com",
    "OkaforMira99",
  ])("%j is made of what everybody knows", (password) => {
    expect(guessablePassword(password, context)).toBe("password_personal");
  });

  it.each([
    "plum ladder stove",
    "tR9#vLq2w",
    "miracles happen on tuesday",
    "the harbour was quiet",
    "x8-Kd0-qqP",
    "ünïcödé wörds",
    "        a b      c",
    "passwords are like underwear",
  ])("%j is fine", (password) => {
    expect(guessablePassword(password, context)).toBeNull();
  });

  it("refuses each word of the list and whatever number follows it", () => {
    fc.assert(
      fc.property(fc.constantFrom(...COMMON_PASSWORDS), fc.nat(9_999), (word, number) => {
        expect(guessablePassword(word, context)).not.toBeNull();
        if (/[a-z]$/.test(word)) expect(guessablePassword(`${word}${number}`, context)).not.toBeNull();
      }),
    );
  });

  it("answers quickly, whatever is typed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 8, maxLength: 128 }), (password) => {
        const before = performance.now();
        guessablePassword(password, {
          storeName: password,
          name: password,
          email: `${password}@example.com`,
        });
        expect(performance.now() - before).toBeLessThan(200);
      }),
    );
  });
});
