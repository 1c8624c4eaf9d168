import type { Core } from "../core";
import { type CustomerFields, getLivingCustomer, isEmailAddress, makeCustomer } from "../payments/customers";
import { type MetadataParam, mergeMetadata, orNull } from "../store/metadata";
import type { Address } from "../store/record";
import type { Customer } from "../store/records";
import { invalidRequest, noSuch } from "../stripe-error";
import { shownCustomer } from "./expand";
import { type ListParams, listPage, type Route, route } from "./route";

interface CustomerParams {
  address?: Partial<Address> | "";
  description?: string;
  email?: string;
  metadata?: MetadataParam;
  name?: string;
  phone?: string;
  preferred_locales?: string[];
  shipping?: object | "";
  tax_exempt?: "exempt" | "none" | "reverse" | "";
}

const NO_ADDRESS: Address = {
  city: null,
  country: null,
  line1: null,
  line2: null,
  postal_code: null,
  state: null,
};

function fieldsOf(params: CustomerParams, before: Customer | null): CustomerFields {
  checkEmail(params.email, "email");
  const fields: CustomerFields = { metadata: mergeMetadata(before?.metadata ?? {}, params.metadata) };
  if (params.address !== undefined)
    fields.address = params.address === "" ? null : { ...NO_ADDRESS, ...params.address };
  if (params.description !== undefined) fields.description = params.description;
  if (params.email !== undefined) fields.email = params.email;
  if (params.name !== undefined) fields.name = params.name;
  if (params.phone !== undefined) fields.phone = params.phone;
  if (params.preferred_locales !== undefined) fields.preferred_locales = params.preferred_locales;
  if (params.shipping !== undefined) fields.shipping = orNull(params.shipping);
  if (params.tax_exempt !== undefined) fields.tax_exempt = params.tax_exempt || "none";
  return fields;
}

function checkEmail(email: string | undefined, param: string): void {
  if (email === undefined || isEmailAddress(email)) return;
  throw invalidRequest(`Invalid email address: ${email}`, { code: "email_invalid", param });
}

function getCustomer(core: Core, id: string): Customer {
  const customer = core.store.customers.get(id);
  if (customer === undefined) throw noSuch("customer", id);
  return customer;
}

export const customerRoutes: Route[] = [
  route<CustomerParams>("POST /v1/customers", ({ core, params }) =>
    makeCustomer(core, fieldsOf(params, null)),
  ),
  route<object>("GET /v1/customers/{id}", ({ core, id }) => shownCustomer(getCustomer(core, id)) ?? {}),
  route<CustomerParams>("POST /v1/customers/{id}", ({ core, id, params }) => {
    const before = getLivingCustomer(core, id);
    const after = core.store.customers.update(id, fieldsOf(params, before));
    core.events.emit("customer.updated", after, before);
    return after;
  }),
  route<object>("DELETE /v1/customers/{id}", ({ core, id }) => {
    const customer = getLivingCustomer(core, id);
    core.store.customers.update(id, { deleted: true });
    core.events.emit("customer.deleted", customer);
    return { id, object: "customer", deleted: true };
  }),
  route<ListParams & { email?: string }>("GET /v1/customers", ({ core, params }) => {
    const { email } = params;
    const all =
      email === undefined
        ? core.store.customers.newestFirst()
        : core.store.customers.where("email", email).reverse();
    return listPage(
      all.filter((one) => !one.deleted),
      params,
      "/v1/customers",
    );
  }),
  route<ListParams & { type?: string }>("GET /v1/customers/{id}/payment_methods", ({ core, id, params }) => {
    getLivingCustomer(core, id);
    const methods = core.store.paymentMethods.where("customer", id).reverse();
    const matching = methods.filter((one) => params.type === undefined || one.type === params.type);
    return listPage(matching, params, `/v1/customers/${id}/payment_methods`);
  }),
];
