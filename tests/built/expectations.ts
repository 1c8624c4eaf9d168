import { itemField } from "@/lib/refund-requests/schema";
import { staffExpectations } from "./staff-expectations";
import { PASSWORD, type World } from "./world";

/** Who calls: a guest with a cart, a learner with a course and a cart, somebody signed in who has neither. */
export const CALLERS = ["guest", "learner", "other"] as const;
export type Caller = (typeof CALLERS)[number];

type Expectation = {
  /** A call that is in order. */
  readonly fields: (world: World) => Readonly<Record<string, string>>;
  /** The tables in which that call changes rows of its caller (and counters of the shop), and no others. */
  readonly changes: Readonly<Record<Caller, readonly string[]>>;
};

/** Looks like the token of a mailed link, and is none. */
const NO_TOKEN = "x".repeat(43);

const nothing = { guest: [], learner: [], other: [] };
const everybody = (tables: readonly string[]) => ({ guest: tables, learner: tables, other: tables });

/** For anybody who is not staff, the actions of staff do nothing. */
const ofStaff = Object.fromEntries(
  Object.entries(staffExpectations).map(([name, { fields }]) => [name, { fields, changes: nothing }]),
);

/** Every server action that the shop has. A new one fails the sweep until it stands here. */
export const expectations: Readonly<Record<string, Expectation>> = {
  ...ofStaff,
  "lib/identity/actions.ts signUpAction": {
    fields: () => ({
      name: "Newcomer",
      email: `newcomer-${Math.random().toString(36).slice(2)}@example.test`,
      password: PASSWORD,
    }),
    changes: everybody(["emails", "one_time_tokens", "rate_limits"]),
  },
  // Links work once: one that is unknown is counted, whoever sends it. What the right ones do stands in
  // tests/integration/identity/mailed-links.test.ts.
  "lib/identity/actions.ts completeSignUpAction": {
    fields: () => ({ token: NO_TOKEN }),
    changes: everybody(["rate_limits"]),
  },
  "lib/identity/actions.ts openSignInLinkAction": {
    fields: () => ({ token: NO_TOKEN }),
    changes: everybody(["rate_limits"]),
  },
  "lib/identity/actions.ts verifyAddressAction": {
    fields: () => ({ token: NO_TOKEN }),
    changes: everybody(["rate_limits"]),
  },
  "lib/identity/actions.ts resetPasswordAction": {
    fields: () => ({ token: NO_TOKEN, password: "another long one of mine" }),
    changes: everybody(["rate_limits"]),
  },
  "lib/identity/actions.ts requestSignInLinkAction": {
    fields: (world) => ({ email: world.spare.email }),
    changes: everybody(["emails", "one_time_tokens", "rate_limits"]),
  },
  "lib/identity/actions.ts requestPasswordResetAction": {
    fields: (world) => ({ email: world.spare.email }),
    changes: everybody(["emails", "one_time_tokens", "rate_limits"]),
  },
  "lib/identity/actions.ts requestVerificationAction": {
    fields: () => ({}),
    changes: {
      guest: [],
      learner: ["emails", "one_time_tokens", "rate_limits"],
      other: ["emails", "one_time_tokens", "rate_limits"],
    },
  },
  // No keys are set here; with keys see tests/built/linked-sign-in.test.ts.
  "lib/identity/actions.ts providerSignInAction": {
    fields: () => ({ provider: "google" }),
    changes: nothing,
  },
  "lib/settings/actions.ts linkProviderAction": {
    fields: () => ({ provider: "google", password: PASSWORD }),
    changes: nothing,
  },
  "lib/settings/actions.ts unlinkProviderAction": {
    fields: () => ({ provider: "google", password: PASSWORD }),
    changes: nothing,
  },
  "lib/identity/actions.ts secondStepAction": {
    fields: () => ({ code: "123456" }),
    changes: nothing,
  },
  "lib/settings/actions.ts confirmEmailAction": {
    fields: () => ({ token: NO_TOKEN }),
    changes: everybody(["rate_limits"]),
  },
  "lib/settings/actions.ts saveProfileAction": {
    fields: () => ({
      name: "Newly named",
      avatar: "3",
      timeZone: "Europe/Berlin",
      locale: "",
      theme: "dark",
    }),
    changes: { guest: [], learner: ["users"], other: ["users"] },
  },
  "lib/settings/actions.ts saveNotificationsAction": {
    fields: () => ({}),
    changes: { guest: [], learner: ["email_opt_outs"], other: ["email_opt_outs"] },
  },
  "lib/settings/actions.ts changeEmailAction": {
    fields: () => ({
      email: `moved-${Math.random().toString(36).slice(2)}@example.test`,
      password: PASSWORD,
    }),
    changes: {
      guest: [],
      learner: ["emails", "one_time_tokens", "rate_limits"],
      other: ["emails", "one_time_tokens", "rate_limits"],
    },
  },
  "lib/settings/actions.ts changePasswordAction": {
    fields: () => ({ currentPassword: PASSWORD, newPassword: "another long one of mine" }),
    changes: {
      guest: [],
      learner: ["emails", "user_sessions", "users"],
      other: ["emails", "user_sessions", "users"],
    },
  },
  "lib/settings/actions.ts endSessionAction": {
    fields: (world) => ({ session: world.elsewhere }),
    changes: { ...nothing, learner: ["user_sessions"] },
  },
  "lib/settings/actions.ts endOtherSessionsAction": {
    fields: () => ({}),
    changes: { ...nothing, learner: ["user_sessions"] },
  },
  "lib/privacy/actions.ts requestExportAction": {
    fields: () => ({ password: PASSWORD }),
    changes: { guest: [], learner: ["data_exports"], other: ["data_exports"] },
  },
  "lib/privacy/actions.ts deleteAccountAction": {
    fields: () => ({ password: PASSWORD, understood: "on" }),
    changes: { guest: [], learner: ["emails", "user_sessions", "users"], other: ["emails", "users"] },
  },
  "lib/privacy/actions.ts undoDeletionAction": {
    fields: () => ({}),
    changes: nothing,
  },
  "lib/settings/actions.ts beginTwoStepAction": {
    fields: () => ({ password: PASSWORD }),
    changes: { guest: [], learner: ["totp_secrets"], other: ["totp_secrets"] },
  },
  "lib/settings/actions.ts confirmTwoStepAction": {
    fields: () => ({ code: "123456" }),
    changes: { guest: [], learner: ["rate_limits"], other: ["rate_limits"] },
  },
  "lib/settings/actions.ts endTwoStepAction": {
    fields: () => ({ password: PASSWORD }),
    changes: { guest: [], learner: ["user_sessions"], other: ["user_sessions"] },
  },
  "lib/settings/actions.ts renewRecoveryCodesAction": {
    fields: () => ({ password: PASSWORD }),
    changes: nothing,
  },
  "lib/identity/actions.ts signInAction": {
    fields: (world) => ({ email: world.spare.email, password: PASSWORD }),
    changes: {
      ...everybody(["rate_limits", "user_sessions"]),
      guest: ["cart_items", "carts", "rate_limits", "user_sessions", "wishlist_items"],
    },
  },
  "lib/identity/actions.ts signOutAction": {
    fields: () => ({}),
    changes: { guest: [], learner: ["user_sessions"], other: ["user_sessions"] },
  },
  "lib/cart/actions.ts addToCartAction": {
    fields: (world) => ({ course: world.third, stay: "1" }),
    changes: everybody(["cart_items", "carts"]),
  },
  "lib/cart/actions.ts removeFromCartAction": {
    fields: (world) => ({ course: world.wanted }),
    changes: { guest: ["cart_items", "carts"], learner: ["cart_items", "carts"], other: [] },
  },
  "lib/wishlist/actions.ts setWishAction": {
    fields: (world) => ({ course: world.gift, wished: "yes", stay: "1" }),
    changes: everybody(["wishlist_items"]),
  },
  "lib/wishlist/actions.ts saveForLaterAction": {
    fields: (world) => ({ course: world.wanted }),
    changes: {
      guest: ["cart_items", "carts", "wishlist_items"],
      learner: ["cart_items", "carts", "wishlist_items"],
      other: ["wishlist_items"],
    },
  },
  "lib/wishlist/actions.ts moveToCartAction": {
    fields: (world) => ({ course: world.third }),
    changes: {
      guest: ["cart_items", "carts", "wishlist_items"],
      learner: ["cart_items", "carts", "wishlist_items"],
      other: ["cart_items", "carts"],
    },
  },
  "lib/wishlist/actions.ts renewShareAction": {
    fields: () => ({}),
    changes: { guest: [], learner: ["wishlist_shares"], other: ["wishlist_shares"] },
  },
  "lib/wishlist/actions.ts endShareAction": {
    fields: () => ({}),
    changes: { ...nothing, learner: ["wishlist_shares"] },
  },
  "lib/gifts/actions.ts giveAction": {
    fields: (world) => ({ course: world.third, email: "grace@example.test", message: "", deliverOn: "" }),
    changes: everybody(["cart_items", "carts"]),
  },
  "lib/gifts/actions.ts sendGiftAgainAction": {
    fields: (world) => ({ gift: world.given }),
    changes: {
      guest: [],
      learner: ["emails", "gifts", "order_events", "rate_limits"],
      other: ["rate_limits"],
    },
  },
  "lib/gifts/actions.ts changeGiftAction": {
    fields: (world) => ({ gift: world.given, email: "linus@example.test", message: "Hi", deliverOn: "" }),
    changes: {
      guest: [],
      learner: ["emails", "gifts", "order_events", "rate_limits"],
      other: ["rate_limits"],
    },
  },
  // What the right link does stands in tests/integration/gifts.
  "lib/gifts/actions.ts claimGiftAction": {
    fields: () => ({ token: NO_TOKEN }),
    changes: { guest: [], learner: ["rate_limits"], other: ["rate_limits"] },
  },
  "lib/gifts/actions.ts keepGiftLinkAction": {
    fields: () => ({ token: NO_TOKEN, to: "sign-up" }),
    changes: nothing,
  },
  "lib/coupons/actions.ts applyCouponAction": {
    fields: (world) => ({ code: world.unusedCoupon }),
    changes: everybody(["carts", "rate_limits"]),
  },
  "lib/coupons/actions.ts removeCouponAction": {
    fields: () => ({}),
    changes: everybody(["carts"]),
  },
  "lib/checkout/actions.ts startCheckoutAction": {
    fields: (world) => ({ total: String(world.cartTotal) }),
    changes: {
      guest: [],
      learner: ["coupon_redemptions", "coupons", "order_events", "order_items", "orders", "users"],
      other: [],
    },
  },
  "lib/checkout/actions.ts startHostedCheckoutAction": {
    fields: (world) => ({ total: String(world.cartTotal) }),
    changes: {
      guest: [],
      learner: ["coupon_redemptions", "coupons", "order_events", "order_items", "orders", "users"],
      other: [],
    },
  },
  "lib/enrollments/actions.ts enrollFreeAction": {
    fields: (world) => ({ course: world.gift }),
    changes: { guest: [], learner: ["emails", "enrollments"], other: ["emails", "enrollments"] },
  },
  "lib/documents/actions.ts saveBillingDetailsAction": {
    fields: () => ({
      name: "Somebody",
      company: "",
      line1: "2 Bridge Road",
      line2: "",
      city: "Bonn",
      state: "",
      postalCode: "53111",
      country: "DE",
      vatId: "",
    }),
    changes: { guest: [], learner: ["billing_details"], other: ["billing_details"] },
  },
  "lib/documents/actions.ts correctInvoiceAction": {
    fields: (world) => ({ order: world.invoicedOrder }),
    changes: { ...nothing, learner: ["credit_notes", "document_counters", "invoices"] },
  },
  // A signed link works for its account, whoever sends it; this one is not signed.
  "lib/notifications/actions.ts unsubscribeAction": {
    fields: (world) => ({ token: `${world.bystander.userId}.learning.${NO_TOKEN}` }),
    changes: nothing,
  },
  "lib/refund-requests/actions.ts askForRefundAction": {
    fields: (world) => ({
      order: world.order.orderNumber,
      [itemField(world.orderItemId)]: "on",
      category: "changed_mind",
      body: "It is not for me.",
    }),
    changes: { ...nothing, learner: ["emails", "order_events", "refund_requests"] },
  },
  "lib/refund-requests/actions.ts withdrawRequestAction": {
    fields: (world) => ({ request: world.requestId }),
    changes: { ...nothing, learner: ["order_events", "refund_requests"] },
  },
  "lib/learning/actions.ts completeLessonAction": {
    fields: (world) => ({ course: world.owned, lesson: world.lesson }),
    changes: { ...nothing, learner: ["enrollments", "lesson_completions"] },
  },
  "lib/learning/actions.ts uncompleteLessonAction": {
    fields: (world) => ({ course: world.owned, lesson: world.completedLesson }),
    changes: { ...nothing, learner: ["enrollments", "lesson_completions", "lesson_undos"] },
  },
  "lib/exercises/actions.ts answerQuizAction": {
    fields: (world) => ({ course: world.owned, lesson: world.lesson, ...world.quizAnswers }),
    changes: { ...everybody(["rate_limits"]), learner: ["quiz_attempts", "rate_limits"] },
  },
};
