import type { Metadata } from "../store/record";
import type { Session } from "../store/records";
import { invalidRequest } from "../stripe-error";

export interface InvoiceCreationParams {
  enabled: boolean;
  invoice_data?: {
    account_tax_ids?: string[] | "";
    custom_fields?: { name: string; value: string }[] | "";
    description?: string;
    footer?: string;
    issuer?: { type: string };
    metadata?: Metadata;
    rendering_options?: object | "";
  };
}

/** As the session shows it. What the sandbox's invoices do not carry is refused by name. */
export function readInvoiceCreation(params: InvoiceCreationParams | undefined): Session["invoice_creation"] {
  const data = params?.invoice_data ?? {};
  for (const name of ["account_tax_ids", "issuer", "rendering_options"] as const) {
    if (data[name] === undefined || data[name] === "") continue;
    const param = `invoice_creation[invoice_data][${name}]`;
    throw invalidRequest(`The sandbox does not do ${param}.`, { param });
  }
  const enabled = params?.enabled === true;
  return {
    enabled,
    invoice_data: {
      account_tax_ids: null,
      custom_fields: data.custom_fields || null,
      description: data.description ?? null,
      footer: data.footer ?? null,
      issuer: enabled ? { type: "self" } : null,
      metadata: data.metadata ?? {},
      rendering_options: null,
    },
  };
}
