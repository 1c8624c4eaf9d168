import { randomBytes } from "node:crypto";
import { v7 } from "uuid";

/** A UUIDv7 that names one kind of row; mixing kinds does not compile. */
export type Id<Kind extends string> = string & { readonly __id: Kind };

export type UserId = Id<"user">;
export type SessionId = Id<"session">;
export type CourseId = Id<"course">;
export type LessonId = Id<"lesson">;
export type ExerciseId = Id<"exercise">;
export type AttemptId = Id<"attempt">;
export type CartId = Id<"cart">;
export type CouponId = Id<"coupon">;
export type CouponBatchId = Id<"coupon-batch">;
export type OrderId = Id<"order">;
export type OrderItemId = Id<"order-item">;
export type GiftId = Id<"gift">;
export type RefundId = Id<"refund">;
export type RefundRequestId = Id<"refund-request">;
export type EnrollmentId = Id<"enrollment">;
export type CertificateId = Id<"certificate">;
export type EmailId = Id<"email">;
export type InvoiceId = Id<"invoice">;

/** A new id; its first 48 bits are the time, so rows made together lie together in an index. */
export function newId<Kind extends string>(): Id<Kind> {
  return v7() as Id<Kind>;
}

/** `bits` of randomness for anything that must not be guessed (cart cookies, tokens), base64url. */
export function newSecret(bits = 256): string {
  return randomBytes(Math.ceil(bits / 8)).toString("base64url");
}

/** Crockford's base32 alphabet: no I, L, O or U, so that a number can be read out on the phone. */
const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** `ORD-20260131-7K3M9Q`: the UTC day and 30 random bits; unique by constraint, drawn again on a clash. */
export function newOrderNumber(now: Date): string {
  const day = now.toISOString().slice(0, 10).replaceAll("-", "");
  return `ORD-${day}-${newCrockford(6)}`;
}

/** So many random signs of Crockford's base32, five bits each. */
export function newCrockford(length: number): string {
  return Array.from(randomBytes(length), (byte) => CROCKFORD[byte % 32]).join("");
}
