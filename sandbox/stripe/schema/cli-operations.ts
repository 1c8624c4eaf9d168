import type { Shape } from "./shape";

interface Operation {
  params: Shape;
  answer: Shape;
}

const paymentPage: Shape = {
  object: {
    id: "string",
    object: { enum: ["checkout.session.payment_page"] },
    amount_total: "integer",
    currency: "string",
    line_items: { array: { ref: "item" } },
    livemode: "boolean",
    mode: { enum: ["payment"] },
    payment_intent: { nullable: "string" },
    payment_method_types: { array: "string" },
    payment_status: "string",
    session_id: "string",
    status: "string",
  },
};

/** What only the official CLI calls. Stripe describes it nowhere: this is what @stripe/cli 1.52.0 sends and reads. */
export const cliOperations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  [
    "GET /v1/payment_pages/{id}",
    { params: { object: { expand: { array: "string" } } }, answer: paymentPage },
  ],
  [
    "POST /v1/payment_pages/{id}/confirm",
    {
      params: {
        object: {
          expand: { array: "string" },
          expected_amount: "integer",
          payment_method: "string",
        },
        required: ["payment_method"],
      },
      answer: paymentPage,
    },
  ],
  [
    "POST /v1/stripecli/sessions",
    {
      params: {
        object: {
          device_name: "string",
          expand: { array: "string" },
          filters: "string",
          forward_connect_to_url: "string",
          forward_thin_connect_to_url: "string",
          forward_thin_to_url: "string",
          forward_to_url: "string",
          websocket_features: { array: "string" },
        },
        required: ["device_name"],
      },
      answer: {
        object: {
          default_version: "string",
          display_connect_filter_warning: "boolean",
          latest_version: "string",
          reconnect_delay: "integer",
          secret: "string",
          websocket_authorized_feature: "string",
          websocket_id: "string",
          websocket_url: "string",
        },
      },
    },
  ],
]);
