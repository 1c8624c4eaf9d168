import { randomUUID } from "node:crypto";
import { PASSWORD, type World } from "./world";

/** The terms of a code as its form sends them. */
const TERMS = {
  description: "Spring",
  discountType: "percentage",
  value: "20",
  currency: "usd",
  maxDiscount: "",
  minPurchase: "",
  maxUses: "",
  maxUsesPerUser: "",
  validFrom: "",
  validUntil: "",
  courseTypes: "python",
  courses: "",
};

type StaffExpectation = {
  /** A call that is in order. Made anew for each caller. */
  readonly fields: (world: World) => Readonly<Record<string, string>>;
  /** The tables that it changes for whoever may make it; null where this world has nothing that it could change. */
  readonly changes: readonly string[] | null;
  /** The lines that it adds to the audit log, where one call does several things that each have a line. */
  readonly auditEntries?: number;
};

/** Every server action for staff. Who may make it stands in lib/permissions.ts alone. */
export const staffExpectations: Readonly<Record<string, StaffExpectation>> = {
  "lib/desk/actions.ts addNoteAction": {
    fields: (world) => ({ order: world.order.id, note: randomUUID(), body: "Called the customer." }),
    changes: ["order_notes"],
  },
  "lib/desk/actions.ts resendMailAction": {
    fields: (world) => ({ order: world.order.id, email: world.mailId, copies: "0" }),
    changes: ["emails"],
  },
  "lib/desk/actions.ts resendGiftAction": {
    fields: (world) => ({ gift: world.given, deliveries: "1" }),
    changes: ["emails", "gifts", "order_events"],
  },
  "lib/refund-requests/actions.ts approveRequestAction": {
    fields: (world) => ({ request: world.requestId, amount: String(world.order.totalAmount) }),
    changes: ["order_events", "orders", "refund_items", "refund_requests", "refunds"],
  },
  "lib/refund-requests/actions.ts declineRequestAction": {
    fields: (world) => ({ request: world.requestId, answer: "You have read all of it." }),
    changes: ["emails", "order_events", "refund_requests"],
  },
  "lib/campaigns/actions.ts createCouponAction": {
    fields: () => ({ ...TERMS, code: `S${randomUUID().slice(0, 8)}` }),
    changes: ["coupons"],
  },
  "lib/campaigns/actions.ts editCouponAction": {
    fields: (world) => ({ ...TERMS, code: world.unusedCoupon, version: "1" }),
    changes: ["coupons"],
  },
  "lib/campaigns/actions.ts switchCouponAction": {
    fields: (world) => ({ code: world.unusedCoupon, version: "1", active: "off" }),
    changes: ["coupons"],
  },
  "lib/campaigns/actions.ts createBatchAction": {
    fields: () => ({ ...TERMS, batch: randomUUID(), prefix: "SWEEP", count: "3" }),
    changes: ["coupon_batches", "coupons"],
  },
  "lib/campaigns/actions.ts switchBatchAction": {
    fields: (world) => ({ batch: world.batchId, active: "off" }),
    changes: ["coupons"],
  },
  "lib/authoring/actions.ts editCourseAction": {
    fields: ({ edited }) => ({
      course: edited.course,
      version: edited.version,
      title: `Swept ${randomUUID()}`,
      summary: "Swept.",
      level: "beginner",
      price: "49.00",
      status: "published",
      description: "Swept.",
      audience: "Everybody.",
      prerequisites: "None.",
      outcomes: "One\nTwo\nThree",
    }),
    changes: ["catalog_revisions", "courses"],
  },
  "lib/authoring/actions.ts setCourseStatusAction": {
    fields: ({ edited }) => ({ course: edited.course, version: edited.version, status: "archived" }),
    changes: ["catalog_revisions", "courses"],
  },
  "lib/authoring/actions.ts reorderCourseAction": {
    fields: ({ edited }) => ({ course: edited.course, version: edited.version, order: edited.reversed }),
    changes: ["catalog_revisions", "course_modules", "courses", "exercises", "lessons"],
  },
  "lib/authoring/actions.ts saveLessonAction": {
    fields: ({ edited }) => ({
      lesson: edited.lesson,
      revision: edited.revision,
      title: `Swept ${randomUUID()}`,
      summary: "Swept.",
      minutes: "12",
      body: "Word ".repeat(600),
      quiz: "- question: Why?\n  accepts: [So]\n  explanation: So it is.\n",
    }),
    changes: ["catalog_revisions", "courses", "lesson_versions", "lessons"],
  },
  "lib/authoring/actions.ts restoreLessonAction": {
    // No former text of this number: tests/integration/admin/authoring.test.ts
    fields: ({ edited }) => ({ lesson: edited.lesson, revision: edited.revision, former: "2000000000" }),
    changes: null,
  },
  "lib/authoring/actions.ts previewMarkdownAction": {
    fields: () => ({ source: "**Bold**" }),
    changes: null,
  },
  "lib/seats/actions.ts grantSeatAction": {
    fields: (world) => ({
      email: world.other.email,
      course: world.owned,
      type: "gifted",
      until: "2099-12-31",
      reason: "",
    }),
    changes: ["emails", "enrollments"],
  },
  "lib/seats/actions.ts importSeatsAction": {
    fields: (world) => ({
      csv: `email,course\n${world.other.email},${world.owned}\n${world.spare.email},${world.gift}\n`,
      dryRun: "no",
    }),
    changes: ["emails", "enrollments"],
    // One for each seat that was given.
    auditEntries: 2,
  },
  "lib/seats/actions.ts extendSeatAction": {
    fields: (world) => ({ seat: world.lentSeat, seen: world.lentUntil, until: "2099-12-31" }),
    changes: ["enrollments"],
  },
  "lib/seats/actions.ts revokeSeatAction": {
    fields: (world) => ({ seat: world.lentSeat, reason: "Shared the account" }),
    changes: ["enrollments"],
  },
  "lib/seats/actions.ts withdrawCertificateAction": {
    fields: (world) => ({ seat: world.lentSeat, reason: "Somebody else did the exercises" }),
    changes: ["certificates"],
  },
  "lib/people/actions.ts changeRoleAction": {
    fields: (world) => ({ user: world.barred.userId, seen: "support", role: "learner", password: PASSWORD }),
    changes: ["users"],
  },
  "lib/people/actions.ts blockPersonAction": {
    fields: (world) => ({ user: world.other.userId, reason: "Shares the account" }),
    changes: ["user_sessions", "users"],
  },
  "lib/people/actions.ts unblockPersonAction": {
    fields: (world) => ({ user: world.barred.userId }),
    changes: ["users"],
  },
  "lib/people/actions.ts endSessionsAction": {
    fields: (world) => ({ user: world.other.userId }),
    changes: ["user_sessions"],
  },
  "lib/people/actions.ts resendVerificationAction": {
    fields: (world) => ({ user: world.spare.userId }),
    changes: ["emails", "one_time_tokens", "rate_limits"],
  },
  "lib/people/actions.ts requestExportForAction": {
    fields: (world) => ({ user: world.spare.userId }),
    changes: ["data_exports"],
  },
  "lib/people/actions.ts planErasureForAction": {
    fields: (world) => ({ user: world.spare.userId }),
    changes: ["emails", "users"],
  },
  "lib/people/actions.ts undoErasureForAction": {
    fields: (world) => ({ user: world.leaving.userId }),
    changes: ["emails", "users"],
  },
  "lib/store/actions.ts sendTestMailAction": {
    fields: () => ({ test: randomUUID() }),
    changes: ["emails", "rate_limits"],
  },
  "lib/bookkeeping/actions.ts retryEventAction": {
    fields: (world) => ({ event: world.eventId }),
    changes: ["stripe_events"],
  },
  "lib/bookkeeping/actions.ts clearAlertAction": {
    fields: (world) => ({ alert: world.alertId }),
    changes: ["payment_alerts"],
  },
  "lib/bookkeeping/actions.ts repairDifferenceAction": {
    fields: (world) => ({ alert: world.alertId }),
    // Its order has no payment at Stripe, so there is nothing to repair it with: tests/integration/admin/bookkeeping.test.ts
    changes: null,
  },
  "lib/bookkeeping/actions.ts compareNowAction": {
    fields: () => ({ hours: "2" }),
    changes: ["reconciliation_runs"],
  },
  // The order has no payment at Stripe, so its refund waits to be sent.
  "lib/desk/actions.ts refundSaleAction": {
    fields: (world) => ({
      order: world.order.id,
      refund: randomUUID(),
      kind: "whole",
      amount: String(world.order.totalAmount),
      reason: "requested_by_customer",
    }),
    changes: ["order_events", "orders", "refund_items", "refunds"],
  },
};
