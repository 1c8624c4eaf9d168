import { COMMON_PASSWORDS } from "./common-passwords";

/** Length is what counts; no rule asks for certain characters. Source: OWASP ASVS 5.0, 6.2; NIST SP 800-63B, 3.1.1. */
export const PASSWORD_MIN = 8;
export const PASSWORD_MAX = 128;

/** Characters as people count them, not UTF-16 units. */
export function passwordLength(password: string): number {
  return [...password].length;
}

/** What a stranger would try first for this person: the shop's name, the person's name and address. */
export type PasswordContext = { readonly storeName: string; readonly name: string; readonly email: string };

/**
 * Why a password of the right length is too easy to guess: known from leaks or an obvious row of characters
 * (`password_common`), or made of what everybody knows about this account (`password_personal`); null when neither.
 */
export function guessablePassword(
  password: string,
  context: PasswordContext,
): "password_common" | "password_personal" | null {
  const whole = fold(password);
  const plain = [
    whole,
    whole.replace(TAIL, ""),
    whole.replace(HEAD, ""),
    whole.replace(HEAD, "").replace(TAIL, ""),
  ];
  const forms = [...plain, ...plain.map(unleet)];
  if (forms.some((form) => COMMON_PASSWORDS.has(form)) || isPattern(whole)) return "password_common";
  const words = contextWords(context);
  return forms.some((form) => isMadeOf(form, words)) ? "password_personal" : null;
}

/** `password2026!` is `password`: numbers and marks around a word add next to nothing. */
const HEAD = /^[\d\p{P}\p{S}]+/u;
const TAIL = /[\d\p{P}\p{S}]+$/u;

function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

const LEET: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
  "!": "i",
};

function unleet(text: string): string {
  return text.replace(/[013457@$!]/g, (mark) => LEET[mark] ?? mark);
}

const ROWS = [
  "abcdefghijklmnopqrstuvwxyz",
  "01234567890",
  "qwertyuiopasdfghjklzxcvbnm",
  "qwertzuiopasdfghjklyxcvbnm",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
];

/** One piece again and again (`abcabcabc`), or a walk along the alphabet, the digits or the keyboard. */
function isPattern(text: string): boolean {
  if (/^(.{1,4})\1+$/u.test(text)) return true;
  const reversed = [...text].reverse().join("");
  return ROWS.some((row) => (row + row).includes(text) || (row + row).includes(reversed));
}

function contextWords({ storeName, name, email }: PasswordContext): readonly string[] {
  const words = [
    storeName,
    "lectern",
    name,
    ...email.split("@"),
    ...email.split(/[^\p{L}\p{N}]+/u),
    ...name.split(/\s+/),
  ];
  return [...new Set(words.map(fold).flatMap((word) => [word, word.replace(/\s+/g, "")]))].filter(
    (word) => word.length >= 4,
  );
}

/** True when nothing but known words, digits and marks is left, and at least one word was there. */
function isMadeOf(form: string, words: readonly string[]): boolean {
  const longestFirst = [...words].sort((a, b) => b.length - a.length);
  const rest = longestFirst.reduce((text, word) => text.replaceAll(word, " "), form);
  return rest !== form && /^[\d\s\p{P}\p{S}]*$/u.test(rest);
}
