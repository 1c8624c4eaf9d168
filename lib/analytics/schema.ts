export const DIMENSIONS = ["course", "type", "coupon", "country"] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export const DIMENSION_NAMES: Readonly<Record<Dimension, string>> = {
  course: "Course",
  type: "Kind of course",
  coupon: "Coupon",
  country: "Country",
};

/** What was sold in a period, by one property; amounts in minor units of one currency. */
export type Slice = {
  readonly name: string;
  /** Courses sold where it is about courses, else paid orders. */
  readonly sold: number;
  /** Tax included. */
  readonly paidAmount: number;
  readonly taxAmount: number;
  /** Of these very sales, whenever it went back. */
  readonly refundedAmount: number;
  /** Of these very sales, whenever a bank took it for good. */
  readonly lostAmount: number;
};
