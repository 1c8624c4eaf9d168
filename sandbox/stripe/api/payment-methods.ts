import type { Core } from "../core";
import { getLivingCustomer } from "../payments/customers";
import { type MethodParams, makeMethod } from "../payments/method-params";
import { type MetadataParam, mergeMetadata } from "../store/metadata";
import type { PaymentMethod } from "../store/records";
import { invalidRequest, noSuch } from "../stripe-error";
import { type ListParams, listPage, type Route, route } from "./route";

function getMethod(core: Core, id: string): PaymentMethod {
  const method = core.store.paymentMethods.get(id);
  if (method === undefined) throw noSuch("PaymentMethod", id, "payment_method");
  return method;
}

const MADE_OF = new Set(
  "bacs_debit billing_details card expand metadata sepa_debit type us_bank_account".split(" "),
);

export const paymentMethodRoutes: Route[] = [
  route<MethodParams>("POST /v1/payment_methods", ({ core, params }) => {
    const other = Object.keys(params).find((name) => !MADE_OF.has(name));
    if (other !== undefined) throw invalidRequest(`The sandbox does not do ${other}.`, { param: other });
    const method = makeMethod(core, params);
    return core.store.paymentMethods.update(method.id, { metadata: mergeMetadata({}, params.metadata) });
  }),
  route<object>("GET /v1/payment_methods/{id}", ({ core, id }) => getMethod(core, id)),
  route<{ metadata?: MetadataParam }>("POST /v1/payment_methods/{id}", ({ core, id, params }) => {
    const method = getMethod(core, id);
    const other = Object.keys(params).find((name) => name !== "metadata" && name !== "expand");
    if (other !== undefined)
      throw invalidRequest(`The sandbox does not change ${other} of a payment method.`, { param: other });
    return core.store.paymentMethods.update(id, {
      metadata: mergeMetadata(method.metadata, params.metadata),
    });
  }),
  route<{ customer?: string }>("POST /v1/payment_methods/{id}/attach", ({ core, id, params }) => {
    const method = getMethod(core, id);
    const customer = getLivingCustomer(core, params.customer ?? "", "customer");
    if (method.customer !== null && method.customer !== customer.id) {
      throw invalidRequest("This PaymentMethod has already been attached to another customer.", {
        param: "payment_method",
      });
    }
    const attached = core.store.paymentMethods.update(id, { customer: customer.id });
    core.events.emit("payment_method.attached", attached);
    return attached;
  }),
  route<object>("POST /v1/payment_methods/{id}/detach", ({ core, id }) => {
    const method = getMethod(core, id);
    if (method.customer === null) {
      throw invalidRequest("The payment method you provided is not attached to a customer.", {
        param: "payment_method",
      });
    }
    const detached = core.store.paymentMethods.update(id, { customer: null });
    core.events.emit("payment_method.detached", detached, method);
    return detached;
  }),
  route<ListParams & { customer?: string; type?: string }>("GET /v1/payment_methods", ({ core, params }) => {
    if (params.customer !== undefined) getLivingCustomer(core, params.customer, "customer");
    const rows = core.store.paymentMethods
      .newestFirst()
      .filter(
        (row) => (params.customer ?? row.customer) === row.customer && (params.type ?? row.type) === row.type,
      );
    return listPage(rows, params, "/v1/payment_methods");
  }),
];
