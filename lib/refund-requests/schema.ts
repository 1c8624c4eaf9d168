import { z } from "zod";
import type { OrderItemId, RefundRequestId } from "@/lib/ids";
import { orderNumber } from "@/lib/orders/schema";
import type { RefundCode } from "@/lib/refunds/schema";

/** Why somebody wants money back, in the words of the form. */
export const REQUEST_CATEGORIES = {
  changed_mind: "I changed my mind",
  not_expected: "It is not what I expected",
  does_not_work: "Something in it is broken",
  charged_by_mistake: "I was charged by mistake",
  other: "Something else",
} as const;
export type RequestCategory = keyof typeof REQUEST_CATEGORIES;
export const requestCategories = Object.keys(REQUEST_CATEGORIES) as [RequestCategory, ...RequestCategory[]];

export const REQUEST_STATES = ["open", "approved", "declined", "withdrawn"] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

const id = <T>() => z.uuid().transform((value) => value as T);

/** The name of the checkbox of a course in the form. */
export const itemField = (itemId: string) => `item-${itemId}` as const;

const isChosen = (value: unknown) => value === true || value === "on";

export const askForRefundInput = z
  .looseObject({
    order: orderNumber,
    /** Whoever gives no reason has changed their mind; whether that is one still is for the rule to say. */
    category: z.enum(requestCategories).catch("changed_mind"),
    body: z.string().trim().max(2_000, "At most 2,000 characters.").default(""),
  })
  .transform(({ order, category, body, ...boxes }, context) => {
    const chosen = Object.entries(boxes)
      .filter(([name, value]) => name.startsWith("item-") && isChosen(value))
      .map(([name]) => name.slice("item-".length));
    const itemIds = z.array(id<OrderItemId>()).min(1).max(100).safeParse(chosen);
    if (!itemIds.success) {
      context.addIssue({ code: "custom", path: ["items"], message: "Choose at least one course." });
      return z.NEVER;
    }
    return { order, category, body, itemIds: itemIds.data };
  });
/** As it is posted: a checkbox of the browser says "on". */
export type AskedFields = z.input<typeof askForRefundInput>;
export type AskForRefund = z.output<typeof askForRefundInput>;

export const withdrawInput = z.object({ request: id<RefundRequestId>() });

export const approveInput = z.object({
  request: id<RefundRequestId>(),
  /** Minor units; what the page showed. */
  amount: z.coerce.number().int().positive().max(2_147_483_647),
  password: z.string().max(512).default(""),
});

export const declineInput = z.object({
  request: id<RefundRequestId>(),
  answer: z
    .string()
    .trim()
    .min(1, "Write the reason first; the learner reads it.")
    .max(2_000, "At most 2,000 characters."),
});

export type RequestRejection = RefundCode | "already_open" | "asked_often" | "too_late";
export type WithdrawRejection = "unknown_request" | "decided_already";
export type DecisionRejection = RefundCode | WithdrawRejection;
