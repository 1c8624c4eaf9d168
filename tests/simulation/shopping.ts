import { addToCart, removeFromCart } from "@/lib/cart/mutations";
import { getCart } from "@/lib/cart/queries";
import { confirmCheckout, startCheckout } from "@/lib/checkout/mutations";
import { applyCoupon, removeCoupon } from "@/lib/coupons/mutations";
import { enrollFree } from "@/lib/enrollments/mutations";
import type { PayOrder } from "../../sandbox/stripe/control/pay";
import * as stripeSide from "./stripe-side";
import { type Operation, outside, shop, type Task } from "./task";
import type { Learner, World } from "./world";

const owner = (learner: Learner) => ({ kind: "learner" as const, userId: learner.id });

/** Looks at the cart and presses its button; the total may be one that an old tab still shows. Answers the session to pay. */
async function press(
  world: World,
  learner: Learner,
  ui: "hosted" | "embedded" = "hosted",
): Promise<string | undefined> {
  const cart = await getCart(owner(learner));
  const started = await startCheckout(learner.id, cart.priced.totalAmount, new Date(), ui);
  if (!started.ok) return undefined;
  if (started.value.kind === "enrolled") {
    world.acknowledged.add(started.value.orderNumber);
    return undefined;
  }
  const session = await stripeSide.findSession(world, started.value);
  if (session) learner.tabs.push(session.id);
  return session?.id;
}

/** Comes back from Stripe's page. */
async function confirm(world: World, learner: Learner, sessionId: string): Promise<void> {
  const confirmed = await confirmCheckout(learner.id, sessionId);
  if (confirmed?.outcome === "fulfilled" || confirmed?.outcome === "already_fulfilled")
    world.acknowledged.add(confirmed.orderNumber);
}

/** Pays where the button led, and comes back. */
async function payFor(
  world: World,
  learner: Learner,
  sessionId: string | undefined,
  how: PayOrder,
): Promise<void> {
  if (sessionId === undefined) return;
  stripeSide.pay(world, sessionId, how);
  await confirm(world, learner, sessionId);
}

function withTab(
  world: World,
  use: (learner: Learner, sessionId: string) => readonly Task[],
): readonly Task[] {
  const learners = world.learners.filter((learner) => learner.tabs.length > 0);
  if (learners.length === 0) return [];
  const learner = world.random.pick(learners);
  return use(learner, world.random.pick(learner.tabs));
}

export const CARTS: readonly Operation[] = [
  {
    name: "add",
    weight: 14,
    plan: (world) => {
      const learner = world.random.pick(world.learners);
      const course = world.random.pick(world.courses);
      return [shop("add", () => addToCart(owner(learner), course.slug))];
    },
  },
  {
    name: "remove",
    weight: 3,
    plan: (world) => {
      const learner = world.random.pick(world.learners);
      const course = world.random.pick(world.courses);
      return [shop("remove", () => removeFromCart(owner(learner), course.slug))];
    },
  },
  {
    name: "apply a coupon",
    weight: 9,
    plan: (world) => {
      const learner = world.random.pick(world.learners);
      const code = world.random.pick(world.codes);
      return [shop("apply a coupon", () => applyCoupon(owner(learner), code))];
    },
  },
  {
    name: "take the coupon off",
    weight: 1,
    plan: (world) => {
      const learner = world.random.pick(world.learners);
      return [shop("take the coupon off", () => removeCoupon(owner(learner)))];
    },
  },
  {
    name: "take a free course",
    weight: 1,
    plan: (world) => {
      const learner = world.random.pick(world.learners);
      return [1, 2].map(() =>
        shop("take a free course", () => enrollFree(learner.id, world.freeCourse.slug)),
      );
    },
  },
];

export const BUYING: readonly Operation[] = [
  {
    name: "buy at once",
    weight: 8,
    plan: (world) => {
      const learner = world.random.pick(world.learners);
      const chosen = world.random.shuffled(world.courses).slice(0, world.random.between(1, 2));
      const country = world.random.pick(stripeSide.COUNTRIES);
      return [
        shop("buy at once", async () => {
          for (const { slug } of chosen) await addToCart(owner(learner), slug);
          await payFor(world, learner, await press(world, learner), country);
        }),
      ];
    },
  },
  {
    name: "a crowd buys",
    weight: 5,
    plan: (world) =>
      world.random
        .shuffled(world.learners)
        .slice(0, 4)
        .map((learner) => {
          const course = world.random.pick(world.courses);
          const country = world.random.pick(stripeSide.COUNTRIES);
          return shop("a crowd buys", async () => {
            await addToCart(owner(learner), course.slug);
            const sessionId = await press(world, learner);
            if (sessionId !== undefined) stripeSide.pay(world, sessionId, country);
          });
        }),
  },
  {
    name: "buy again while the bank takes its time",
    weight: 2,
    plan: (world) => {
      const learner = world.random.pick(world.learners);
      const { slug } = world.random.pick(world.courses);
      return [
        shop("buy again while the bank takes its time", async () => {
          for (const how of [{ debit: "waits" } as const, {}]) {
            await addToCart(owner(learner), slug);
            await payFor(world, learner, await press(world, learner), how);
          }
        }),
      ];
    },
  },
  {
    name: "check out",
    weight: 12,
    plan: (world) => {
      const learner = world.random.pick(world.learners);
      const ui = world.random.chance(0.2) ? "embedded" : "hosted";
      return [shop("check out", () => press(world, learner, ui))];
    },
  },
  {
    name: "check out in two tabs",
    weight: 4,
    plan: (world) => {
      const learner = world.random.pick(world.learners);
      return [1, 2].map(() => shop("check out in two tabs", () => press(world, learner)));
    },
  },
  {
    name: "everybody wants the last use",
    weight: 5,
    plan: (world) => {
      const code = world.random.pick(world.codes);
      const course = world.random.pick(world.courses);
      return world.random
        .shuffled(world.learners)
        .slice(0, 4)
        .map((learner) =>
          shop("everybody wants the last use", async () => {
            await addToCart(owner(learner), course.slug);
            await applyCoupon(owner(learner), code);
            await press(world, learner);
          }),
        );
    },
  },
  {
    name: "buy in two tabs",
    weight: 3,
    plan: (world) => {
      const learner = world.random.pick(world.learners);
      const [one, other] = world.random.shuffled(world.courses);
      if (!one || !other) return [];
      return [
        shop("buy in two tabs", async () => {
          await addToCart(owner(learner), one.slug);
          await press(world, learner);
          await addToCart(owner(learner), other.slug);
          await press(world, learner);
        }),
      ];
    },
  },
  {
    name: "pay",
    weight: 16,
    plan: (world) =>
      withTab(world, (learner, sessionId) => {
        const how = world.random.weighed(stripeSide.WAYS_TO_PAY);
        const country = world.random.pick(stripeSide.COUNTRIES);
        const pay = outside(`pay by ${how.name}`, () =>
          stripeSide.pay(world, sessionId, { ...how.order, ...country }),
        );
        const comesBack = world.random.chance(0.5);
        return comesBack ? [pay, shop("come back", () => confirm(world, learner, sessionId))] : [pay];
      }),
  },
  {
    name: "reload the success page",
    weight: 4,
    plan: (world) =>
      withTab(world, (learner, sessionId) => [
        shop("reload the success page", () => confirm(world, learner, sessionId)),
        shop("reload the success page", () => confirm(world, learner, sessionId)),
      ]),
  },
];
