import type { FormValue } from "./form";

/**
 * A call without a version is one of the account's own, which Stripe never changes by itself; the official CLI sends none
 * and still names a parameter as older versions do. Calls that name the current version get no such leniency.
 */
export function withOlderNames(
  operation: string,
  version: string | undefined,
  form: { [name: string]: FormValue },
): { [name: string]: FormValue } {
  const renames =
    version === undefined &&
    ["POST /v1/checkout/sessions", "POST /v1/payment_intents"].includes(operation) &&
    form.payment_method_types !== undefined;
  if (!renames) return form;
  const { payment_method_types: types, ...rest } = form;
  return types === undefined ? rest : { ...rest, allowed_payment_method_types: types };
}
