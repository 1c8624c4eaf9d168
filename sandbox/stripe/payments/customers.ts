import type { Core } from "../core";
import { blankCustomer } from "../store/blanks";
import type { Customer, Session } from "../store/records";
import { noSuch } from "../stripe-error";
import type { Buyer } from "./payment-methods";

export type CustomerFields = Partial<
  Pick<
    Customer,
    | "address"
    | "description"
    | "email"
    | "metadata"
    | "name"
    | "phone"
    | "preferred_locales"
    | "shipping"
    | "tax_exempt"
  >
>;

export function makeCustomer(core: Core, fields: CustomerFields): Customer {
  const customer = core.store.customers.put({
    ...blankCustomer,
    id: core.ids.make("customer"),
    object: "customer",
    address: null,
    created: core.clock.seconds(),
    description: null,
    email: null,
    livemode: false,
    metadata: {},
    name: null,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: "none",
    ...fields,
  });
  core.events.emit("customer.created", customer);
  return customer;
}

/** With `customer_creation: "always"` a buyer without an account gets a customer when paying; else stays a guest. */
export function attachCustomer(core: Core, session: Session, buyer: Buyer): Session {
  if (session.customer !== null || session.customer_creation !== "always") return session;
  const customer = makeCustomer(core, { email: buyer.email, name: buyer.name });
  return core.store.sessions.update(session.id, { customer: customer.id });
}

/** A customer that may be used: not deleted. */
export function getLivingCustomer(core: Core, id: string, param = "id"): Customer {
  const customer = core.store.customers.get(id);
  if (customer === undefined || customer.deleted) throw noSuch("customer", id, param);
  return customer;
}

export function isEmailAddress(text: string): boolean {
  return /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text);
}
