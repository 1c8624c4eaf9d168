import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type OpenSandbox, openSandbox, refusal, sessionParams } from "./open-sandbox";

let sandbox: OpenSandbox;
beforeEach(async () => {
  sandbox = await openSandbox();
});
afterEach(() => sandbox.close());

async function paid(card = "4242424242424242", amount = 4900) {
  const session = await sandbox.stripe.checkout.sessions.create(sessionParams(amount));
  const { payment_intent: intent } = await sandbox.control.pay(session.id, { card });
  const [charge] = (await sandbox.stripe.charges.list({ payment_intent: String(intent) })).data;
  return { intent: String(intent), charge: String(charge?.id) };
}

describe("refunds", () => {
  test("partial ones add up until nothing is left", async () => {
    const { stripe, control, hook } = sandbox;
    const { intent, charge } = await paid();
    const first = await stripe.refunds.create({
      payment_intent: intent,
      amount: 1000,
      reason: "requested_by_customer",
      metadata: { refund_id: "r1" },
    });
    expect(first).toMatchObject({ status: "succeeded", amount: 1000, charge, metadata: { refund_id: "r1" } });
    expect(await stripe.charges.retrieve(charge)).toMatchObject({ amount_refunded: 1000, refunded: false });
    const tooMuch = await refusal(stripe.refunds.create({ charge, amount: 4000 }));
    expect(tooMuch.message).toBe(
      "Refund amount ($40.00) is greater than unrefunded amount on charge ($39.00)",
    );
    expect((await stripe.refunds.create({ charge })).amount).toBe(3900);
    expect(await refusal(stripe.refunds.create({ charge }))).toMatchObject({
      code: "charge_already_refunded",
      statusCode: 400,
    });
    expect(await stripe.charges.retrieve(charge, { expand: ["refunds"] })).toMatchObject({
      refunded: true,
      amount_refunded: 4900,
    });
    expect((await stripe.refunds.list({ payment_intent: intent })).data).toHaveLength(2);
    await control.idle();
    expect(hook.types().filter((type) => type === "charge.refunded")).toHaveLength(2);
    expect(hook.types().filter((type) => type === "refund.created")).toHaveLength(2);
  });

  test("balance transactions follow the money", async () => {
    const { stripe } = sandbox;
    const { intent, charge } = await paid();
    const refund = await stripe.refunds.create({ payment_intent: intent, amount: 1000 });
    const all = (await stripe.balanceTransactions.list()).data;
    expect(all.map((one) => [one.type, one.amount, one.source])).toEqual([
      ["refund", -1000, refund.id],
      ["charge", 4900, charge],
    ]);
    expect(all.every((one) => one.net === one.amount - one.fee)).toBe(true);
  });

  test("one can be pending first", async () => {
    const { stripe, control, hook } = sandbox;
    const { intent } = await paid("4000000000007726");
    const refund = await stripe.refunds.create({ payment_intent: intent });
    expect(refund).toMatchObject({ status: "pending", pending_reason: "processing" });
    await control.settleRefund(refund.id);
    expect((await stripe.refunds.retrieve(refund.id)).status).toBe("succeeded");
    await control.idle();
    expect(hook.types()).toContain("refund.updated");
  });

  test("a pending one can be canceled, and the money can be refunded anew", async () => {
    const { stripe } = sandbox;
    const { intent, charge } = await paid("4000000000007726");
    const refund = await stripe.refunds.create({ payment_intent: intent });
    expect((await stripe.refunds.cancel(refund.id)).status).toBe("canceled");
    expect(await stripe.charges.retrieve(charge)).toMatchObject({ amount_refunded: 0, refunded: false });
    expect((await stripe.refunds.create({ charge })).amount).toBe(4900);
  });

  test("one can fail after it succeeded, by its delay", async () => {
    const late = await openSandbox({ delays: { refundFails: 60 } });
    const session = await late.stripe.checkout.sessions.create(sessionParams());
    const { payment_intent: intent } = await late.control.pay(session.id, { card: "4000000000005126" });
    const refund = await late.stripe.refunds.create({ payment_intent: String(intent) });
    expect(refund.status).toBe("succeeded");
    await late.control.setClock({ advance_ms: 61_000 });
    const failed = await late.stripe.refunds.retrieve(refund.id, { expand: ["charge"] });
    expect(failed).toMatchObject({
      status: "failed",
      failure_reason: "expired_or_canceled_card",
      charge: { amount_refunded: 0, refunded: false },
    });
    await late.control.idle();
    expect(late.hook.types()).toEqual(
      expect.arrayContaining(["refund.failed", "refund.updated", "charge.refund.updated"]),
    );
    await late.close();
  });

  test("what was never paid cannot be refunded", async () => {
    const { stripe, control } = sandbox;
    const session = await stripe.checkout.sessions.create(sessionParams());
    const { payment_intent: intent } = await control.pay(session.id, { card: "4000000000000002" });
    expect(await refusal(stripe.refunds.create({ payment_intent: String(intent) }))).toMatchObject({
      code: "payment_intent_unexpected_state",
    });
    expect(await refusal(stripe.refunds.create({}))).toMatchObject({ code: "parameter_missing" });
    expect((await refusal(stripe.refunds.create({ charge: "ch_none" }))).message).toBe(
      "No such charge: 'ch_none'",
    );
  });
});

describe("disputes", () => {
  test("a disputed card takes the money back; winning returns it", async () => {
    const { stripe, control, hook } = sandbox;
    const { intent, charge } = await paid("4000000000000259");
    await expect.poll(async () => (await stripe.disputes.list()).data.length).toBe(1);
    const [dispute] = (await stripe.disputes.list({ payment_intent: intent })).data;
    expect(dispute).toMatchObject({ status: "needs_response", charge, amount: 4900 });
    expect(await refusal(stripe.refunds.create({ charge }))).toMatchObject({ code: "charge_disputed" });
    await control.decideDispute(String(dispute?.id), "won");
    await control.idle();
    const types = hook.types();
    for (const type of ["created", "funds_withdrawn", "funds_reinstated", "closed"])
      expect(types).toContain(`charge.dispute.${type}`);
    const sum = (await stripe.balanceTransactions.list({ limit: 100 })).data.reduce(
      (all, one) => all + one.amount,
      0,
    );
    expect(sum).toBe(4900);
  });

  test("evidence decides as Stripe's test texts say", async () => {
    const { stripe, control } = sandbox;
    const { charge } = await paid();
    const { id } = await control.openDispute(charge);
    expect(
      (await stripe.disputes.update(id, { evidence: { uncategorized_text: "losing_evidence" } })).status,
    ).toBe("lost");
    await expect(control.decideDispute(id, "won")).rejects.toMatchObject({ status: 409 });
    await expect(control.openDispute(charge)).rejects.toMatchObject({ status: 409 });
  });

  test("closing concedes", async () => {
    const { charge } = await paid();
    const { id } = await sandbox.control.openDispute(charge);
    expect((await sandbox.stripe.disputes.close(id)).status).toBe("lost");
  });
});
