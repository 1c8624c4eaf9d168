import type { Faults } from "../control/faults";
import type { Core } from "../core";
import type { Reply } from "../http/server";
import type { Deliverer } from "../webhooks/deliverer";
import type { DeliveryFaults } from "../webhooks/delivery-faults";
import { messagePage } from "./layout";

export interface PageParts {
  core: Core;
  deliverer: Deliverer;
  deliveryFaults: DeliveryFaults;
  faults: Faults;
}

/** What a page is asked. */
export interface PageCall {
  core: Core;
  parts: PageParts;
  /** What the path names: an id, or "" . */
  id: string;
  /** The last part of the path where it is an action. */
  action: string;
  query: URLSearchParams;
  form: URLSearchParams;
}

export function notFound(): Reply {
  return messagePage({
    title: "There is nothing here",
    text: "The sandbox knows no page or object at this address. It may have been reset.",
    link: { href: "/dashboard", label: "To the dashboard" },
    status: 404,
  });
}
