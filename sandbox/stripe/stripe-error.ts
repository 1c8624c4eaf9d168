/** An answer in Stripe's error shape; thrown anywhere below the API and written by api/answer.ts. */
export type ErrorType = "api_error" | "card_error" | "idempotency_error" | "invalid_request_error";

export interface ErrorDetails {
  code?: string;
  param?: string;
  decline_code?: string;
  charge?: string;
  payment_intent?: object;
  payment_method?: object;
}

export class StripeError extends Error {
  override readonly name = "StripeError";
  constructor(
    readonly status: number,
    readonly type: ErrorType,
    message: string,
    readonly details: ErrorDetails = {},
  ) {
    super(message);
  }

  /** The body as Stripe writes it. */
  body(requestId: string) {
    const { code } = this.details;
    return {
      error: {
        ...this.details,
        ...(code === undefined
          ? {}
          : { doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll("_", "-")}` }),
        message: this.message,
        request_log_url: `https://dashboard.stripe.com/test/logs/${requestId}`,
        type: this.type,
      },
    };
  }
}

export function invalidRequest(message: string, details: ErrorDetails = {}, status = 400) {
  return new StripeError(status, "invalid_request_error", message, details);
}

/** 404 for an id that names nothing: `No such customer: 'cus_1'`. */
export function noSuch(what: string, id: string, param = "id") {
  return invalidRequest(`No such ${what}: '${id}'`, { code: "resource_missing", param }, 404);
}
