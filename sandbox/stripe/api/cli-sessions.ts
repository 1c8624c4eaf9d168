import { API_VERSION } from "../core";
import { invalidRequest } from "../stripe-error";
import { type Route, route } from "./route";

/** After this many seconds the CLI opens its connection anew. */
const RECONNECT_SECONDS = 3600;

export const cliSessionRoutes: Route[] = [
  route<{ websocket_features?: string[] }>("POST /v1/stripecli/sessions", ({ core, params }) => {
    const features = params.websocket_features ?? [];
    if (!features.includes("webhooks")) {
      throw invalidRequest("The sandbox forwards webhooks only.", { param: "websocket_features" });
    }
    const { id, secret } = core.tunnels.open();
    return {
      default_version: API_VERSION,
      display_connect_filter_warning: false,
      latest_version: API_VERSION,
      reconnect_delay: RECONNECT_SECONDS,
      secret,
      websocket_authorized_feature: "webhooks",
      websocket_id: id,
      websocket_url: `${core.publicUrl.replace(/^http/, "ws")}/v1/stripecli/subscribe`,
    };
  }),
];
