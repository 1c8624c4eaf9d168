/** Invoices are made by paid sessions only; here they are read. */
import type { Core } from "../core";
import type { Invoice } from "../store/invoice-records";
import { type MetadataParam, mergeMetadata } from "../store/metadata";
import { invalidRequest, noSuch } from "../stripe-error";
import { type ListParams, listPage, type Route, route } from "./route";

function getInvoice(core: Core, id: string): Invoice {
  const invoice = core.store.invoices.get(id);
  if (invoice === undefined) throw noSuch("invoice", id, "invoice");
  return invoice;
}

export const invoiceRoutes: Route[] = [
  route<object>("GET /v1/invoices/{id}", ({ core, id }) => getInvoice(core, id)),
  route<{ metadata?: MetadataParam }>("POST /v1/invoices/{id}", ({ core, id, params }) => {
    const invoice = getInvoice(core, id);
    const other = Object.keys(params).find((name) => name !== "metadata" && name !== "expand");
    if (other !== undefined) throw invalidRequest(`A paid invoice keeps its ${other}.`, { param: other });
    const changed = core.store.invoices.update(id, {
      metadata: mergeMetadata(invoice.metadata, params.metadata),
    });
    core.events.emit("invoice.updated", changed, invoice);
    return changed;
  }),
  route<ListParams & { customer?: string; status?: string }>("GET /v1/invoices", ({ core, params }) => {
    const { customer } = params;
    const all = core.store.invoices;
    const rows = customer === undefined ? all.newestFirst() : all.where("customer", customer).reverse();
    return listPage(
      rows.filter((one) => (params.status ?? one.status) === one.status),
      params,
      "/v1/invoices",
    );
  }),
  route<ListParams>("GET /v1/invoices/{id}/lines", ({ core, id, params }) =>
    listPage(getInvoice(core, id).lines.data, params, `/v1/invoices/${id}/lines`),
  ),
  route<object>("GET /v1/invoice_payments/{id}", ({ core, id }) => {
    const payment = core.store.invoicePayments.get(id);
    if (payment === undefined) throw noSuch("invoice_payment", id, "invoice_payment");
    return payment;
  }),
  route<ListParams & { invoice?: string; payment?: { payment_intent?: string }; status?: string }>(
    "GET /v1/invoice_payments",
    ({ core, params }) => {
      const intent = params.payment?.payment_intent;
      const rows = core.store.invoicePayments
        .newestFirst()
        .filter(
          (one) =>
            (params.invoice ?? one.invoice) === one.invoice &&
            (intent ?? one.payment.payment_intent) === one.payment.payment_intent &&
            (params.status ?? one.status) === one.status,
        );
      return listPage(rows, params, "/v1/invoice_payments");
    },
  ),
];
