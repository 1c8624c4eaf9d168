/** Events and webhook endpoints. */

import type { Core } from "../core";
import { API_VERSION } from "../core";
import { type MetadataParam, mergeMetadata } from "../store/metadata";
import type { StripeEvent, WebhookEndpoint } from "../store/records";
import { invalidRequest, noSuch } from "../stripe-error";
import { type ListParams, listPage, type Route, route } from "./route";

interface EventFilter extends ListParams {
  type?: string;
  types?: string[];
  delivery_success?: boolean;
}

/** `type` may end in `*`: "charge.*". */
function matchesType(event: StripeEvent, pattern: string): boolean {
  return pattern.endsWith("*") ? event.type.startsWith(pattern.slice(0, -1)) : event.type === pattern;
}

function matches(core: Core, event: StripeEvent, filter: EventFilter): boolean {
  if (filter.type !== undefined && !matchesType(event, filter.type)) return false;
  if (filter.types !== undefined && !filter.types.includes(event.type)) return false;
  if (filter.delivery_success === undefined) return true;
  return (core.events.undelivered(event.id).length === 0) === filter.delivery_success;
}

interface EndpointParams {
  api_version?: string;
  description?: string | "";
  disabled?: boolean;
  enabled_events?: string[];
  metadata?: MetadataParam;
  url?: string;
}

function getEndpoint(core: Core, id: string): WebhookEndpoint {
  const endpoint = core.store.endpoints.get(id);
  if (endpoint === undefined) throw noSuch("webhook endpoint", id, "webhook_endpoint");
  return endpoint;
}

/** An endpoint that receives events from now on. Its secret is shown here once, as Stripe does. */
export function makeEndpoint(
  core: Core,
  params: EndpointParams & { url: string; enabled_events: string[]; secret?: string },
) {
  checkUrl(params.url);
  if (params.api_version !== undefined && params.api_version !== API_VERSION) {
    throw invalidRequest(`The sandbox writes events of version ${API_VERSION} only.`, {
      param: "api_version",
    });
  }
  const endpoint = core.store.endpoints.put({
    id: core.ids.make("endpoint"),
    object: "webhook_endpoint",
    api_version: params.api_version ?? null,
    application: null,
    created: core.clock.seconds(),
    description: params.description || null,
    enabled_events: params.enabled_events,
    livemode: false,
    metadata: mergeMetadata({}, params.metadata),
    status: "enabled",
    url: params.url,
  });
  const secret = params.secret ?? core.ids.make("webhook_secret");
  core.store.endpointSecrets.put({ id: endpoint.id, secrets: [secret] });
  return { ...endpoint, secret };
}

function checkUrl(url: string): void {
  if (!URL.canParse(url) || !/^https?:\/\//.test(url))
    throw invalidRequest("Not a valid URL", { code: "url_invalid", param: "url" });
}

export const eventRoutes: Route[] = [
  route<object>("GET /v1/events/{id}", ({ core, id }) => {
    const event = core.store.events.get(id);
    if (event === undefined) throw noSuch("event", id);
    return core.events.shown(event);
  }),
  route<EventFilter>("GET /v1/events", ({ core, params }) => {
    if (params.type !== undefined && params.types !== undefined) {
      throw invalidRequest("You may only specify one of these parameters: type, types.", { param: "type" });
    }
    const matching = core.store.events.newestFirst().filter((event) => matches(core, event, params));
    const page = listPage(matching, params, "/v1/events");
    return { ...page, data: page.data.map((event) => core.events.shown(event)) };
  }),
  route<EndpointParams & { url: string; enabled_events: string[] }>(
    "POST /v1/webhook_endpoints",
    ({ core, params }) => makeEndpoint(core, params),
  ),
  route<object>("GET /v1/webhook_endpoints/{id}", ({ core, id }) => getEndpoint(core, id)),
  route<EndpointParams>("POST /v1/webhook_endpoints/{id}", ({ core, id, params }) => {
    const before = getEndpoint(core, id);
    if (params.url !== undefined) checkUrl(params.url);
    return core.store.endpoints.update(id, {
      description: params.description === undefined ? before.description : params.description || null,
      enabled_events: params.enabled_events ?? before.enabled_events,
      metadata: mergeMetadata(before.metadata, params.metadata),
      status: params.disabled === undefined ? before.status : params.disabled ? "disabled" : "enabled",
      url: params.url ?? before.url,
    });
  }),
  route<object>("DELETE /v1/webhook_endpoints/{id}", ({ core, id }) => {
    getEndpoint(core, id);
    core.store.endpoints.remove(id);
    core.store.endpointSecrets.remove(id);
    return { id, object: "webhook_endpoint", deleted: true };
  }),
  route<ListParams>("GET /v1/webhook_endpoints", ({ core, params }) =>
    listPage(core.store.endpoints.newestFirst(), params, "/v1/webhook_endpoints"),
  ),
];
