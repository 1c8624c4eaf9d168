import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { couponBatches, coupons } from "@/db/schema/coupons";
import { users } from "@/db/schema/identity";
import { listAuditEntries, verifyAuditLog } from "@/lib/audit/queries";
import { couponHead, couponRows } from "@/lib/campaigns/export-row";
import { createBatch, createCoupon, editCoupon, switchBatch, switchCoupon } from "@/lib/campaigns/mutations";
import { exportCoupons, findBatch, findCoupon, listBatches, listCoupons } from "@/lib/campaigns/queries";
import { readCouponFilter } from "@/lib/campaigns/read-coupon-filter";
import { type EditableTerms, typedTerms } from "@/lib/campaigns/schema";
import { noTerms } from "@/lib/campaigns/terms-fields";
import { confirmCheckout } from "@/lib/checkout/mutations";
import type { CouponBatchId, UserId } from "@/lib/ids";
import { newCrockford } from "@/lib/ids";
import { minor } from "@/lib/money";
import { startTestShop } from "../../support/shop";
import { openCheckout, type TestShop } from "../commerce/buying";

let shop: TestShop;
let admin: UserId;
let support: UserId;
let learner: UserId;
beforeAll(async () => {
  shop = await startTestShop();
  [admin, support] = [await person("admin"), await person("support")];
  learner = await shop.factories.learner();
});
afterAll(async () => {
  expect(await verifyAuditLog(admin)).toMatchObject({ broken: null });
  await shop.close();
});

async function person(role: "admin" | "support") {
  const id = await shop.factories.learner(`The ${role}`);
  await shop.db.update(users).set({ role }).where(eq(users.id, id));
  return id;
}

const newCode = () => `T${newCrockford(9)}`;

function terms(changes: Partial<ReturnType<typeof noTerms>> = {}): EditableTerms {
  return typedTerms.parse({ ...noTerms("usd"), value: "10", ...changes });
}

async function make(changes: Parameters<typeof terms>[0] = {}) {
  const code = newCode();
  expect(await createCoupon(admin, { code, terms: terms(changes) })).toEqual({ ok: true, value: { code } });
  return code;
}

const log = async (begins: string) => (await listAuditEntries(admin, { begins }, {})).entries;
const ask = (query: Record<string, string>) => readCouponFilter(query);

describe("A code", () => {
  test("is made once, with one line in the log", async () => {
    const code = newCode();
    const press = () => createCoupon(admin, { code, terms: terms({ maxUses: "5" }) });
    const pressed = await Promise.all([press(), press()]);
    expect(pressed.filter((one) => one.ok)).toHaveLength(1);
    expect(pressed).toContainEqual({ ok: false, error: "code_taken" });
    expect(await log(code)).toMatchObject([
      { action: "coupon.created", detail: { after: { discount: "10% off", uses: 5 } } },
    ]);
    expect(await findCoupon(support, code)).toMatchObject({
      state: "active",
      version: 1,
      createdBy: "The admin",
    });
    expect(await findCoupon(learner, code)).toBeNull();
  });

  test("is about courses that exist, in the shop's currency", async () => {
    const about = (changes: Parameters<typeof terms>[0]) =>
      createCoupon(admin, { code: newCode(), terms: terms(changes) });
    expect(await about({ courses: randomUUID() })).toEqual({ ok: false, error: "unknown_course" });
    expect(await about({ discountType: "fixed", currency: "eur" })).toEqual({
      ok: false,
      error: "other_currency",
    });
  });

  test("edited by two at once takes one edit; the other hears of it and nothing is lost", async () => {
    const code = await make();
    const edit = (value: string) => editCoupon(admin, { code, version: 1, terms: terms({ value }) });
    const edits = await Promise.all([edit("20"), edit("30")]);
    expect(edits.filter((one) => one.ok)).toEqual([{ ok: true, value: { version: 2 } }]);
    expect(edits).toContainEqual({ ok: false, error: "changed_meanwhile" });
    const saved = await findCoupon(admin, code);
    expect(saved?.version).toBe(2);
    expect([20, 30]).toContain(saved?.discountValue);
    expect(await log(code)).toMatchObject([
      {
        action: "coupon.edited",
        detail: { before: { discount: "10% off" }, after: { discount: `${saved?.discountValue}% off` } },
      },
      { action: "coupon.created" },
    ]);
  });

  test("saved as it was leaves no line and no new version", async () => {
    const code = await make();
    expect(await editCoupon(admin, { code, version: 1, terms: terms() })).toEqual({
      ok: true,
      value: { version: 1 },
    });
    expect(await log(code)).toHaveLength(1);
  });

  test("edited after somebody ordered with it leaves that order as it was", async () => {
    const code = await make({ maxUses: "2" });
    const course = await shop.factories.course({ priceAmount: minor(10_000) });
    const buyer = await shop.factories.learner();
    const opened = await openCheckout(shop, buyer, [course.slug], code);
    expect(opened.order).toMatchObject({ discountAmount: 1_000, totalAmount: 9_000 });
    const edited = await editCoupon(admin, { code, version: 1, terms: terms({ value: "90", maxUses: "1" }) });
    expect(edited.ok).toBe(true);
    expect(await findCoupon(admin, code)).toMatchObject({ timesUsed: 1, reserved: 1, state: "used_up" });
    await shop.stripe.pay(opened.sessionId);
    await shop.stripe.idle();
    await confirmCheckout(buyer, opened.sessionId);
    expect(await shop.factories.orderById(opened.order.id)).toMatchObject({
      status: "completed",
      discountAmount: 1_000,
      totalAmount: 9_000,
    });
    expect(await findCoupon(admin, code)).toMatchObject({
      reserved: 0,
      revenue: [{ currency: "usd", orders: 1, discountAmount: 1_000, totalAmount: 9_000, refundedAmount: 0 }],
    });
  });

  test("does not go under the uses that it had", async () => {
    const code = await make({ maxUses: "10" });
    await shop.db.update(coupons).set({ timesUsed: 4 }).where(eq(coupons.code, code));
    const limit = (maxUses: string) => editCoupon(admin, { code, version: 1, terms: terms({ maxUses }) });
    expect(await limit("3")).toEqual({ ok: false, error: "below_used" });
    expect((await limit("4")).ok).toBe(true);
  });

  test("is switched off by who saw it last, once", async () => {
    const code = await make();
    await editCoupon(admin, { code, version: 1, terms: terms({ value: "11" }) });
    const off = (version: number) => switchCoupon(admin, { code, version, active: false });
    expect(await off(1)).toEqual({ ok: false, error: "changed_meanwhile" });
    expect(await off(2)).toMatchObject({ ok: true });
    expect(await off(2), "twice pressed").toMatchObject({ ok: true });
    expect(await findCoupon(admin, code)).toMatchObject({ state: "off", version: 3 });
    expect((await log(code)).map((entry) => entry.action)).toEqual([
      "coupon.switched",
      "coupon.edited",
      "coupon.created",
    ]);
  });
});

describe("A batch", () => {
  const terms20 = () => ({ ...terms({ description: "Fair, 20 cards", value: "20" }), maxUses: 1 });

  test("is made once, of codes that work once each", async () => {
    const batch = randomUUID() as CouponBatchId;
    const press = () => createBatch(admin, { batch, prefix: "FAIR", count: 620, terms: terms20() });
    await Promise.all([press(), press()]);
    const rows = await shop.db.select().from(coupons).where(eq(coupons.batchId, batch));
    expect(rows).toHaveLength(620);
    expect(
      rows.every(({ code, maxUses }) => /^FAIR-[0-9A-HJKMNP-TV-Z]{10}$/.test(code) && maxUses === 1),
    ).toBe(true);
    expect((await log("Fair, 20")).filter(({ action }) => action === "coupon.batch_created")).toHaveLength(1);
    expect(await findBatch(support, batch)).toMatchObject({ size: 620, used: 0, switchedOff: 0 });
    expect((await listBatches(learner)).rows).toEqual([]);
  });

  test("comes as a file that holds no formula, all of it and nothing else, to admins", async () => {
    const batch = randomUUID() as CouponBatchId;
    await createBatch(admin, {
      batch,
      prefix: "X",
      count: 7,
      terms: { ...terms20(), description: '=HYPERLINK("http://evil")' },
    });
    const exported = async (who: UserId) => {
      const rows = [];
      for await (const some of exportCoupons(who, ask({ batch }), 3)) rows.push(...some);
      return rows;
    };
    const rows = await exported(admin);
    expect(rows).toHaveLength(7);
    expect(await exported(support)).toEqual([]);
    const lines = couponRows(rows).trimEnd().split("\r\n");
    expect(lines).toHaveLength(7);
    expect(lines[0]).toMatch(/^X-[0-9A-Z]{10},"'=HYPERLINK/);
    expect(couponHead()).toBe("Code,Description,Discount,State,Used,Limit,From,Until\r\n");
  });

  test("is switched off whole", async () => {
    const batch = randomUUID() as CouponBatchId;
    await createBatch(admin, { batch, prefix: "", count: 3, terms: terms20() });
    expect(await switchBatch(admin, { batch, active: false })).toEqual({ ok: true, value: { codes: 3 } });
    expect(await switchBatch(admin, { batch, active: false })).toEqual({ ok: true, value: { codes: 0 } });
    expect(await findBatch(admin, batch)).toMatchObject({ switchedOff: 3 });
    expect(await switchBatch(admin, { batch: randomUUID() as CouponBatchId, active: true })).toEqual({
      ok: false,
      error: "unknown_batch",
    });
  });
});

describe("The list of codes", () => {
  const codes = async (query: Record<string, string>, who = admin) =>
    (await listCoupons(who, ask(query), {}, 10_000)).rows.map(({ code }) => code);

  test("comes in pages that leave nothing out, both ways, without the codes of batches", async () => {
    for (let n = 0; n < 9; n += 1) await make();
    const [{ id: batch } = { id: "" }] = await shop.db.select().from(couponBatches);
    const all = await codes({});
    const read = (cursor: { before?: string; after?: string }) => listCoupons(admin, ask({}), cursor, 4);
    const down = [await read({})];
    for (let page = down[0]; page?.older; page = down.at(-1)) down.push(await read({ before: page.older }));
    const up = down.slice(-1);
    for (let page = up[0]; page?.newer; page = up[0]) up.unshift(await read({ after: page.newer }));
    expect(down.flatMap((page) => page.rows.map(({ code }) => code))).toEqual(all);
    expect(up.flatMap((page) => page.rows.map(({ code }) => code))).toEqual(all);
    const inBatch = await codes({ batch });
    expect(all.filter((code) => inBatch.includes(code))).toEqual([]);
    expect(await codes({ q: inBatch[0] ?? "" }), "a search finds them all the same").toEqual([inBatch[0]]);
  });

  test("is narrowed by state", async () => {
    const made = {
      active: await make(),
      scheduled: await make({ validFrom: "2099-01-01T00:00" }),
      expired: await make({ validUntil: "2020-01-01T00:00" }),
      used_up: await make({ maxUses: "1" }),
      off: await make(),
    };
    await shop.db.update(coupons).set({ timesUsed: 1 }).where(eq(coupons.code, made.used_up));
    await switchCoupon(admin, { code: made.off, version: 1, active: false });
    for (const [state, code] of Object.entries(made)) {
      expect(await codes({ state }), state).toContain(code);
      const others = Object.values(made).filter((one) => one !== code);
      expect((await codes({ state })).filter((one) => others.includes(one))).toEqual([]);
    }
  });

  test("is not found by signs that mean something to SQL, and not by learners", async () => {
    for (const q of ["%", "_", "' or 1=1 --", "\\"]) expect(await codes({ q }), q).toEqual([]);
    expect(await codes({}, learner)).toEqual([]);
    expect(await codes({}, support)).toEqual(await codes({}));
  });
});
