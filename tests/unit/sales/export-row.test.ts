import { expect, test } from "vitest";
import { minor } from "@/lib/money";
import { exportHead, exportRows } from "@/lib/sales/export-row";

const sale = {
  orderNumber: "ORD-20261123-7K2M9Q",
  status: "completed" as const,
  currency: "usd",
  subtotalAmount: minor(16_720),
  discountAmount: minor(0),
  taxAmount: minor(0),
  totalAmount: minor(16_720),
  refundedAmount: 0,
  createdAt: new Date("2026-11-23T19:42:00Z"),
  paidAt: null,
  receiptUrl: null,
  titles: ["Async Python", "Joins, and windows"],
  couponCode: null,
  country: "DE",
  stripePaymentIntentId: "pi_1",
  buyer: { name: "Mira Vale", email: "mira@example.com" },
  dispute: null,
};

test("a line has the columns of the head, amounts as digits and instants in UTC", () => {
  expect(exportHead().trim().split(",")).toHaveLength(18);
  expect(exportRows([sale])).toBe(
    'ORD-20261123-7K2M9Q,2026-11-23T19:42:00.000Z,,completed,Mira Vale,mira@example.com,DE,"Async Python; Joins, and windows",USD,167.20,0.00,0.00,167.20,0.00,,pi_1,,0.00\r\n',
  );
});

test("an order that a bank took back keeps its state, and says beside it what was lost", () => {
  const dispute = { state: "lost" as const, answerBy: null, lostAmount: 16_720 };
  expect(exportHead()).toContain(",Payment,Dispute,Lost to disputes");
  expect(exportRows([{ ...sale, dispute }])).toContain(",completed,");
  expect(exportRows([{ ...sale, dispute }])).toContain(",pi_1,lost,167.20\r\n");
});

test("nothing in it is a formula, and quotes and line ends stay what they are", () => {
  const formulas = ["=HYPERLINK(1)", "+1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠1"];
  const withMinus = ["-1+1", "-2|cmd", "-A1", "-", "-1\n", "-1.5.2", "-1e9"];
  for (const name of [...formulas, ...withMinus]) {
    const cell = exportRows([{ ...sale, buyer: { ...sale.buyer, name } }]).split(",")[4] ?? "";
    expect(cell.replace(/^"/, "").charAt(0), JSON.stringify(name)).toBe("'");
  }
  const odd = exportRows([{ ...sale, buyer: { ...sale.buyer, name: 'A "B"\nC, D' } }]);
  expect(odd).toContain(',"A ""B""\nC, D",');
});
