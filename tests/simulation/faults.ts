import type { FaultOrder } from "../../sandbox/stripe/client";
import type { Actor, Point, Verdict } from "./actor";
import type { Random } from "./random";

type Fault = {
  readonly name: string;
  readonly weight: number;
  /** How often it strikes where it could. */
  readonly chance: number;
  readonly strikes: (point: Point) => boolean;
  readonly verdict: Verdict;
};

const inStripe = (point: Point) => point.kind === "stripe";
const statement = (pattern: RegExp) => (point: Point) =>
  point.kind === "statement" && pattern.test(point.text);
const commit = (pattern: RegExp) => (point: Point) => point.kind === "commit" && pattern.test(point.text);
const committed = (pattern: RegExp) => (point: Point) =>
  point.kind === "committed" && pattern.test(point.text);
const call = (pattern: RegExp) => (point: Point) => point.kind === "stripe" && pattern.test(point.text);

/** The one statement that marks an order paid and grants what it bought. */
const GRANTS = /"paid" as \(\s*update "orders"/;

/** Where the process is killed, by the names of the kill matrix. Read off what it says to the database and to Stripe. */
export const KILL_POINTS: readonly {
  readonly name: string;
  readonly what: string;
  readonly when: "before" | "after";
  readonly strikes: (point: Point) => boolean;
  /** The process lives on for so long, in the midst of work that says nothing; only a real one can. */
  readonly laterMs?: number;
}[] = [
  {
    name: "K1",
    what: "order written, not committed",
    when: "before",
    strikes: commit(/insert into "orders"/),
  },
  {
    name: "K2",
    what: "order committed, Stripe not asked",
    when: "before",
    strikes: committed(/insert into "orders"/),
  },
  {
    name: "K3",
    what: "Stripe made the session, its id not stored",
    when: "after",
    strikes: call(/^POST \/v1\/checkout\/sessions$/),
  },
  {
    name: "K4",
    what: "session stored, buyer not sent there",
    when: "before",
    strikes: committed(/^update "orders" set "stripe_checkout_session_id"/),
  },
  {
    name: "K5",
    what: "webhook received, not verified",
    when: "before",
    strikes: (point) => point.kind === "request" && point.text === "webhook",
  },
  {
    name: "K6",
    what: "event written, transaction open",
    when: "after",
    strikes: statement(/insert into "stripe_events"/),
  },
  {
    name: "K7",
    what: "order judged, nothing granted yet, transaction open",
    when: "before",
    strikes: statement(GRANTS),
  },
  {
    name: "K8",
    what: "order paid, seat given, cart emptied, mail queued; transaction open",
    when: "after",
    strikes: statement(GRANTS),
  },
  {
    name: "K9",
    what: "document number drawn, not committed",
    when: "before",
    strikes: commit(/"document_counters"/),
  },
  {
    name: "K10",
    what: "event committed, not answered",
    when: "before",
    strikes: committed(/insert into "stripe_events"/),
  },
  {
    name: "K11",
    what: "mail taken, not handed over",
    when: "after",
    strikes: statement(/update "emails" set "attempts"/),
  },
  {
    name: "K12",
    what: "mail accepted, not noted",
    when: "before",
    strikes: statement(/^update "emails" set "status"/),
  },
  {
    name: "K13",
    what: "refund stored, Stripe not asked",
    when: "before",
    strikes: call(/^POST \/v1\/refunds$/),
  },
  {
    name: "K14",
    what: "Stripe refunded, nothing stored",
    when: "after",
    strikes: call(/^POST \/v1\/refunds$/),
  },
  {
    name: "K15",
    what: "refund stored, access not ended",
    when: "after",
    strikes: statement(/^update "refunds" set/),
  },
  {
    name: "K16",
    what: "a document read, its PDF being rendered",
    when: "after",
    strikes: statement(/"template_version", (?:"invoices"\.)?"data" from "invoices"/),
    laterMs: 15,
  },
  {
    name: "K17",
    what: "the reconciler in the middle of its list",
    when: "before",
    strikes: call(/^GET \/v1\/(events|refunds|disputes)$/),
  },
  {
    name: "K18",
    what: "coupon's use taken or given back, transaction open",
    when: "after",
    strikes: statement(/^(insert into|update) "coupon_redemptions"/),
  },
];

const connectionCut = () =>
  Object.assign(new Error("write CONNECTION_CLOSED 127.0.0.1:5432"), { code: "CONNECTION_CLOSED" });
const chosenVictim = (code: string, message: string) => () => Object.assign(new Error(message), { code });

function ofStripe(): Fault[] {
  const kinds: readonly FaultOrder["kind"][] = ["reset", "error_500", "error_429", "truncated", "hang"];
  return kinds.flatMap((kind) =>
    (["before", "after"] as const).map((when) => ({
      name: `stripe.${kind}.${when}`,
      weight: 2,
      chance: 0.25,
      strikes: inStripe,
      // A hang ends with a closed connection; here at once, since nobody is kept waiting.
      verdict: { kind: "stripe", order: { kind, when, ...(kind === "hang" ? { milliseconds: 5 } : {}) } },
    })),
  );
}

const FAULTS: readonly Fault[] = [
  ...ofStripe(),
  {
    name: "db.serialization",
    weight: 4,
    chance: 0.05,
    strikes: (point) => point.kind === "statement" && point.inTransaction === true,
    verdict: {
      kind: "fail",
      when: "before",
      hidden: true,
      error: chosenVictim("40001", "could not serialize access due to concurrent update"),
    },
  },
  {
    name: "db.deadlock",
    weight: 3,
    chance: 0.1,
    strikes: (point) =>
      point.inTransaction === true && /for no key update|\b(update|insert into) /.test(point.text),
    verdict: {
      kind: "fail",
      when: "before",
      hidden: true,
      error: chosenVictim("40P01", "deadlock detected"),
    },
  },
  {
    name: "db.cut_in_statement",
    weight: 2,
    chance: 0.03,
    strikes: (point) => point.kind === "statement",
    verdict: { kind: "fail", when: "before", error: connectionCut },
  },
  {
    name: "db.cut_before_commit",
    weight: 3,
    chance: 0.15,
    strikes: (point) => point.kind === "commit",
    verdict: { kind: "fail", when: "before", error: connectionCut },
  },
  {
    name: "db.cut_after_commit",
    weight: 5,
    chance: 0.2,
    strikes: (point) => point.kind === "commit",
    verdict: { kind: "fail", when: "after", error: connectionCut },
  },
  {
    name: "kill.anywhere",
    weight: 4,
    chance: 0.03,
    strikes: (point) => point.kind !== "request",
    verdict: { kind: "kill", when: "before" },
  },
  ...KILL_POINTS.map(
    ({ name, when, strikes }): Fault => ({
      name: `kill.${name}`,
      weight: 1,
      chance: 0.4,
      strikes,
      verdict: { kind: "kill", when },
    }),
  ),
];

const ARMED_AT_ONCE = 3;

/** For a test of the test: what matches comes more often. */
export function focused<T extends { readonly name: string; readonly weight: number }>(
  all: readonly T[],
): readonly T[] {
  const focus = process.env.SIMULATION_FOCUS;
  if (!focus) return all;
  const pattern = new RegExp(focus);
  return all.map((one) => (pattern.test(one.name) ? { ...one, weight: one.weight * 8 } : one));
}

/** The faults of one history: a few lie in wait at any time, each strikes once where it fits. */
export class FaultPlan {
  readonly hits: string[] = [];
  /** Strikes wherever it can: the history nears its end with too few. */
  eager = false;
  #armed: Fault[] = [];
  #on = true;

  constructor(
    private readonly random: Random,
    private readonly most: number,
  ) {
    while (this.#armed.length < ARMED_AT_ONCE) this.#armed.push(random.weighed(focused(FAULTS)));
  }

  judge(actor: Actor, point: Point): Verdict {
    if (!this.#on || this.hits.length >= this.most) return { kind: "go" };
    if (this.eager) this.#armed = this.random.shuffled(FAULTS.filter((fault) => fault.strikes(point)));
    const struck = this.#armed.findIndex(
      (fault) => fault.strikes(point) && this.random.chance(this.eager ? 0.7 : fault.chance),
    );
    const fault = this.#armed[struck];
    if (!fault || (actor.instance.name === "outside" && fault.verdict.kind === "kill")) return { kind: "go" };
    this.hits.push(fault.name);
    this.#armed[struck] = this.random.weighed(focused(FAULTS));
    return fault.verdict;
  }

  /** A fault of another kind: of a delivery, of the mail API. */
  note(name: string): void {
    this.hits.push(name);
  }

  end(): void {
    this.#on = false;
  }
}
