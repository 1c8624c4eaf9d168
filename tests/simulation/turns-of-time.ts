import * as stripeSide from "./stripe-side";
import { changePrice, type World } from "./world";

/** What changes between rounds, when nothing else is under way. */
export const TURNS_OF_TIME: readonly {
  readonly name: string;
  readonly weight: number;
  readonly run: (world: World) => Promise<void>;
}[] = [
  { name: "nothing", weight: 20, run: async () => {} },
  { name: "a price changes", weight: 1, run: changePrice },
  { name: "an order's time is over", weight: 3, run: overdue },
  { name: "a day goes by at Stripe", weight: 0.5, run: async (world) => stripeSide.forgetRefundKeys(world) },
  { name: "a session is forged", weight: 0.3, run: async (world) => stripeSide.forge(world) },
  {
    name: "the mail API fails",
    weight: 1,
    run: async (world) => {
      const kind = world.random.pick(["error", "rate_limit", "accept_then_reset"]);
      world.faults.note(`mail.${kind}`);
      await world.surroundings.mail.fail(kind);
    },
  },
];

async function overdue(world: World): Promise<void> {
  const { sql } = world.surroundings.database().plain;
  const open = await sql<
    { id: string }[]
  >`select id from orders where status = 'pending' order by created_at, id`;
  if (open.length === 0) return;
  const { id } = world.random.pick(open);
  await sql`update orders set expires_at = now() - interval '2 minutes' where id = ${id}`;
}
