import type { FormValue } from "./form";

/**
 * The official CLI names no version, so Stripe answers it by the account's own, and it still names a parameter as older
 * versions do. Nobody else gets such leniency.
 */
export function withOlderNames(
  operation: string,
  client: string | undefined,
  form: { [name: string]: FormValue },
): { [name: string]: FormValue } {
  const renames =
    /stripe-cli/i.test(client ?? "") &&
    ["POST /v1/checkout/sessions", "POST /v1/payment_intents"].includes(operation) &&
    form.payment_method_types !== undefined;
  if (!renames) return form;
  const { payment_method_types: types, ...rest } = form;
  return types === undefined ? rest : { ...rest, allowed_payment_method_types: types };
}
