import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import PrivacyPage from "@/app/(shop)/privacy/page";
import { ERASED, KEPT } from "@/lib/privacy/personal-data";

const text = renderToStaticMarkup(<PrivacyPage />).replace(/<[^>]*>/g, " ");
const isTold = (words: string) => text.includes(words);

/** What the page says of a cookie; null for one that next-auth writes only to end it. */
const cookieWords: Readonly<Record<string, string | null>> = {
  session: "Your session:",
  viewer: "something to show in the page’s head",
  cart: "a guest’s cart and wishlist",
  coupon: "the code of a coupon link",
  gift: "The link of a gift",
  zone: "your time zone",
  sign_up: "when you sign up",
  second_step: "give a code",
  provider: "go to Google or GitHub",
  pkce: "go to Google or GitHub",
  state: "go to Google or GitHub",
  nonce: "go to Google or GitHub",
  callback: null,
  nothing: null,
};

/** Spelled out, or put together from a step's or a check's name. */
const COOKIE_NAME = /["`](?:__Host-)?lectern_(\w+)["`]|\bwriteStep\("(\w+)"|\bownCookie\("(\w+)"\)/g;

function listCookies(): string[] {
  const files = ["app", "components", "lib"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => readFileSync(join(folder, name), "utf8")),
  );
  const found = files.flatMap((code) => [...code.matchAll(COOKIE_NAME)]);
  return [...new Set(found.map(([, spelled, step, check]) => spelled ?? step ?? check ?? ""))];
}

test("every cookie is told", () => {
  expect(listCookies().sort()).toEqual(Object.keys(cookieWords).sort());
  expect(Object.values(cookieWords).filter((words) => words !== null && !isTold(words))).toEqual([]);
});

/** Where the page speaks of what a table holds. */
const tableWords: Readonly<Record<string, readonly string[]>> = {
  "what your browser calls itself": ["user_sessions"],
  "the beginning of its internet address": ["user_sessions"],
  "With two-step sign-in": ["totp_secrets", "recovery_codes"],
  "with a linked sign-in": ["linked_accounts"],
  "what was sent to you": ["emails"],
  "the links in it": ["one_time_tokens"],
  "mails you do not want": ["email_opt_outs"],
  "Your cart and wishlist": ["carts", "cart_items", "wishlist_items"],
  "a link that you made to your wishlist": ["wishlist_shares"],
  "the code that you write and submit": ["exercise_attempts", "exercise_drafts"],
  "your answers to questions": ["quiz_attempts"],
  "where you stopped": ["lesson_positions"],
  "how long you learned": ["activity_quarters"],
  "your notes": ["lesson_notes"],
  "the lessons you marked complete": ["lesson_completions", "lesson_undos"],
  "your certificates": ["certificates"],
  "the courses you are enrolled in": ["enrollments"],
  "the billing details": ["billing_details"],
  "notes of our staff": ["order_notes"],
  "when you ask for money back": ["refund_requests", "refund_request_items"],
  "A copy of your data": ["data_exports"],
  "what you bought": ["orders", "order_items", "order_events"],
  "payments and what was given back": ["refunds", "second_payments", "disputes", "payment_alerts"],
  "a coupon": ["coupon_redemptions"],
  "Orders and invoices": ["invoices", "credit_notes"],
  "Gifts:": ["gifts"],
};

test("every table with something about a person is told", () => {
  const tables = new Set([...ERASED, ...KEPT].map(({ table }) => table));
  expect([...new Set(Object.values(tableWords).flat())].sort()).toEqual([...tables].sort());
  expect(Object.keys(tableWords).filter((words) => !isTold(words))).toEqual([]);
});

test("whoever else may see something is told", () => {
  for (const name of ["Stripe", "Resend", "Google or GitHub"]) expect(text).toContain(name);
});
