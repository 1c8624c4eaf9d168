import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BuiltAction, listBuiltActions } from "./actions";
import { type Attack, crossSiteAttacks, malformedCalls, plainForgeries, unsigned } from "./attacks";
import { watchChanges } from "./changes";
import { CALLERS, type Caller, expectations } from "./expectations";
import { findLeak } from "./leaks";
import { type BuiltShop, startBuiltShop } from "./start-shop";
import type { Visitor } from "./visitor";
import { makeWorld, type World } from "./world";

let shop: BuiltShop;
/** Nothing may ever change in it, so one serves all actions. */
let still: World;

beforeAll(async () => {
  shop = await startBuiltShop();
  still = await makeWorld(shop);
});
afterAll(() => shop?.close());
// All of it comes from one address: what one action's attacks used up must not silence the next one's.
beforeEach(() => shop.sql`delete from rate_limits`);

const actions = listBuiltActions();

/** What Next says when it does not even decode a call: nothing, or the number under which the log has the reason. */
const REFUSAL =
  /^Internal Server Error$|^0:\{"a":"\$@1","q":"","i":false,"b":"[\w-]+"\}\n1:E\{"digest":"\d+"\}\n$/;

it("knows every action of the build, and no other", () => {
  expect(actions.map((action) => action.name).sort()).toEqual(Object.keys(expectations).sort());
});

it("knows no action that the build does not have", async () => {
  const answer = await shop.visitor().act("7f".repeat(21), "/cart", {});
  expect(answer.status).toBe(409);
  expect(findLeak(answer.body)).toBeNull();
});

describe.each(actions.map((action, index) => ({ ...action, index })))("$name", (action) => {
  const expected = expectations[action.name];
  if (!expected) return;
  it("does nothing for a page that is not ours", async () => {
    const page = pathOf(still, action.pages[0]);
    const changes = await watchChanges(shop);
    const calls = (await shop.sandbox.requests()).length;
    const fields = expected.fields(still);
    await Promise.all(
      callers(still).map(async ([caller, visitor]) => {
        const attacks = [...plainForgeries, ...shareOf(crossSiteAttacks, action.index, caller)];
        for (const attack of attacks) await send(visitor, page, action, attack, fields, caller);
      }),
    );
    expect(await changes()).toEqual([]);
    expect((await shop.sandbox.requests()).length).toBe(calls);
  });

  it("does nothing for it on whichever page it is posted to", async () => {
    const { visitor } = still.learner;
    const fields = expected.fields(still);
    const changes = await watchChanges(shop);
    for (const page of action.pages.filter((name) => name !== "/_not-found" && name !== "/dev/ui")) {
      for (const attack of unsigned)
        await send(visitor, pathOf(still, page), action, attack, fields, "learner");
    }
    expect(await changes()).toEqual([]);
  });

  it("touches nothing of others, whatever its arguments are", async () => {
    const world = await makeWorld(shop);
    const page = pathOf(world, action.pages[0]);
    const fields = expected.fields(world);
    for (const [caller, visitor] of callers(world)) {
      const own = ownerOf(world, caller);
      const allowed = [...expected.changes[caller], "rate_limits"];
      const changes = await watchChanges(shop);
      for (const attack of shareOf(malformedCalls, action.index, caller))
        await send(visitor, page, action, attack, fields, caller);
      const changed = await changes();
      expect(changed.filter((change) => !isAllowed(world, change, allowed, own))).toEqual([]);
    }
  });

  it("does for its caller what it is there for, and nothing else", async () => {
    const world = await makeWorld(shop);
    for (const [caller, visitor] of callers(world)) {
      const changes = await watchChanges(shop);
      const answer = await visitor.act(action.id, pathOf(world, action.pages[0]), expected.fields(world));
      expect(answer.status, caller).toBeLessThan(400);
      expect(findLeak(answer.body)).toBeNull();
      const changed = await changes();
      const own = ownerOf(world, caller);
      const tables = new Set(changed.map((change) => change.split(" of ")[0]));
      expect([...tables].sort(), caller).toEqual([...expected.changes[caller]].sort());
      const others = changed.filter((change) => !isAllowed(world, change, expected.changes[caller], own));
      expect(others, caller).toEqual([]);
    }
  });
});

/**
 * A caller's share of the attacks on one action. Each action meets all of them, each caller each of them on every third
 * action: whatever an attack gets past depends on the action, or on the caller, hardly ever on a pair of them.
 */
function shareOf(attacks: readonly Attack[], action: number, caller: Caller): readonly Attack[] {
  const turn = action + CALLERS.indexOf(caller);
  return attacks.filter((_, index) => (index + turn) % CALLERS.length === 0);
}

function callers(world: World): [Caller, Visitor][] {
  return CALLERS.map((caller) => [caller, world[caller].visitor]);
}

function ownerOf(world: World, caller: Caller): string {
  return caller === "guest" ? world.guest.token : world[caller].userId;
}

/** The caller's own rows, those of an account that it just signed in to or made, and counters of the shop. */
function isAllowed(world: World, change: string, tables: readonly string[], own: string): boolean {
  const [table = "", owner = ""] = change.split(" of ");
  const others = [world.bystander.userId, ...CALLERS.map((caller) => ownerOf(world, caller))];
  return tables.includes(table) && (owner === own || !others.includes(owner));
}

async function send(
  visitor: Visitor,
  page: string,
  action: BuiltAction,
  attack: Attack,
  fields: Readonly<Record<string, string>>,
  caller: Caller,
): Promise<void> {
  // Whatever it answers, the next attack comes from the same browser.
  const answer = await visitor.sendAside(page, attack.make(action.id, fields, shop.origin));
  expect(findLeak(answer.body), `${caller}: ${attack.name}`).toBeNull();
  if (answer.status >= 500) expect(answer.body, `${caller}: ${attack.name}`).toMatch(REFUSAL);
}

function pathOf(world: World, page = "/"): string {
  return page
    .replace("/courses/[slug]", `/courses/${world.wanted}`)
    .replace("/give/[course]", `/give/${world.wanted}`)
    .replace("/learn/[course]/[lesson]", `/learn/${world.owned}/${world.lesson}`)
    .replace("/learn/[course]", `/learn/${world.owned}`)
    .replace("[orderNumber]", "ORD-20260101-000000")
    .replace("[request]", world.requestId)
    .replace("[token]", "none");
}
