/** Who works in the shop. Support sees and helps; what moves money, prices or rights is an admin's. */
export type StaffRole = "support" | "admin";
type AnyRole = StaffRole | "learner";

const both = ["support", "admin"] as const;
const adminOnly = ["admin"] as const;

/**
 * The one matrix of who may do what. Every admin page, query and action names a line of it; tests/built/staff-sweep.test.ts
 * tries each of them as everybody else.
 */
export const PERMISSIONS = {
  "overview.see": both,
  "orders.see": both,
  "orders.export": adminOnly,
  "documents.see": both,
  "documents.export": adminOnly,
  "orders.note": both,
  "orders.refund": adminOnly,
  "refund_requests.see": both,
  "refund_requests.decide": adminOnly,
  "mails.resend": both,
  "coupons.see": both,
  "coupons.edit": adminOnly,
  "coupons.export": adminOnly,
  "courses.see": both,
  "courses.edit": adminOnly,
  "seats.see": both,
  "seats.grant": adminOnly,
  "seats.change": adminOnly,
  "users.see": both,
  /** Support helps learners; an account of staff is an admin's matter (lib/people/mutations). */
  "users.help": both,
  "users.block": adminOnly,
  "users.role": adminOnly,
  "users.erase": adminOnly,
  "payments.see": both,
  "payments.settle": adminOnly,
  "analytics.see": both,
  "analytics.export": adminOnly,
  "audit.see": adminOnly,
  "settings.see": adminOnly,
  "settings.test_mail": adminOnly,
} as const satisfies Readonly<Record<string, readonly StaffRole[]>>;

export type Permission = keyof typeof PERMISSIONS;

/** What each address under `/admin` asks for. An address that is not here fails the sweep. */
export const ADMIN_ROUTES = {
  "/admin": "overview.see",
  "/admin/orders": "orders.see",
  "/admin/orders/export": "orders.export",
  "/admin/orders/[orderNumber]": "orders.see",
  "/admin/documents": "documents.see",
  "/admin/documents/export": "documents.export",
  "/admin/refund-requests": "refund_requests.see",
  "/admin/refund-requests/[request]": "refund_requests.see",
  "/admin/coupons": "coupons.see",
  "/admin/coupons/batches": "coupons.see",
  "/admin/coupons/batches/new": "coupons.edit",
  "/admin/coupons/export": "coupons.export",
  "/admin/coupons/new": "coupons.edit",
  "/admin/coupons/[code]": "coupons.see",
  "/admin/courses": "courses.see",
  "/admin/courses/[course]": "courses.see",
  "/admin/courses/[course]/lessons/[lesson]": "courses.edit",
  "/admin/courses/[course]/lessons/[lesson]/versions/[revision]": "courses.edit",
  "/admin/courses/[course]/preview": "courses.see",
  "/admin/content": "courses.edit",
  "/admin/content/folder": "courses.edit",
  "/admin/enrollments": "seats.see",
  "/admin/enrollments/import": "seats.grant",
  "/admin/enrollments/new": "seats.grant",
  "/admin/enrollments/[enrollment]": "seats.see",
  "/admin/users": "users.see",
  "/admin/users/[user]": "users.see",
  "/admin/payments": "payments.see",
  "/admin/payments/comparisons": "payments.see",
  "/admin/payments/disputes": "payments.see",
  "/admin/payments/events": "payments.see",
  "/admin/payments/events/[event]": "payments.see",
  "/admin/analytics": "analytics.see",
  "/admin/analytics/export": "analytics.export",
  "/admin/analytics/funnel": "analytics.see",
  "/admin/analytics/learning": "analytics.see",
  "/admin/audit": "audit.see",
  "/admin/settings": "settings.see",
} as const satisfies Readonly<Record<string, Permission>>;

export function rolesWith(permission: Permission): readonly StaffRole[] {
  return PERMISSIONS[permission];
}

export function roleMay(role: AnyRole, permission: Permission): boolean {
  return rolesWith(permission).some((allowed) => allowed === role);
}

export function isStaff(role: string): boolean {
  return role === "admin" || role === "support";
}
