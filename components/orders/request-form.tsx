"use client";

import "@/components/ui/zod-without-eval";

import { zodResolver } from "@hookform/resolvers/zod";
import type { Route } from "next";
import type { FormEvent } from "react";
import { type FieldErrors, useForm, useWatch } from "react-hook-form";
import { Button, ButtonLink } from "@/components/ui/button";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Form } from "@/components/ui/form";
import { TextAreaField } from "@/components/ui/text-area";
import { useFormAction } from "@/components/ui/use-form-action";
import type { Rejection } from "@/lib/action";
import { askForRefundAction } from "@/lib/refund-requests/actions";
import { isPromised, judgeRequest, type RequestableOrder } from "@/lib/refund-requests/judge-request";
import {
  type AskedFields,
  type AskForRefund,
  askForRefundInput,
  itemField,
  type RequestRejection,
  requestCategories,
} from "@/lib/refund-requests/schema";
import { RequestEffects } from "./request-effects";
import { RequestCategories, RequestCourses } from "./request-fields";
import { requestMessages } from "./request-messages";

type Props = {
  readonly orderNumber: string;
  readonly requestable: RequestableOrder;
  /** "Visa ending 4242", or null. */
  readonly method: string | null;
};

/**
 * Asks for money back. Checked as one fills it in, by the schema and the rule that the server uses again; it posts without
 * scripts too.
 */
export function RequestForm({ orderNumber, requestable, method }: Props) {
  const asked = useFormAction(askForRefundAction, true);
  const { state, pending, attempt } = asked;
  const refusal = state && !state.ok ? state.error : null;
  const { items, currency } = requestable.order;
  const open = items.filter((item) => item.paidAmount > item.heldAmount);
  const promised = isPromised(requestable.daysSincePaid);
  const given =
    requestCategories.find((one) => one === refusal?.values?.category) ??
    (promised ? "changed_mind" : undefined);
  const boxes = Object.fromEntries(open.map((item) => [itemField(item.id), true]));
  const form = useForm<AskedFields, unknown, AskForRefund>({
    resolver: zodResolver(askForRefundInput),
    mode: "onTouched",
    defaultValues: {
      order: orderNumber,
      body: refusal?.values?.body ?? "",
      ...(given ? { category: given } : {}),
      ...boxes,
    },
  });
  const typed = useWatch({ control: form.control });
  const chosen = open.filter((item) => typed[itemField(item.id)]).map((item) => item.id);
  const category = requestCategories.find((one) => one === typed.category) ?? "changed_mind";
  const { errors, isSubmitted, submitCount } = form.formState;
  const problems = listProblems(errors, refusal, chosen.length > 0);
  const at = (field: string) => problems.find((one) => one.field === field)?.message;
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const posted = new FormData(event.currentTarget);
    void form.handleSubmit(() => asked.send(posted))(event);
  };
  return (
    <Form {...asked.form} onSubmit={send} className="grid max-w-[42rem] gap-6" noValidate>
      {refusal || (isSubmitted && problems.length > 0) ? (
        <ErrorSummary key={`${attempt} ${submitCount}`} title="Nothing was asked for yet" problems={problems}>
          {refusal && !refusal.fields ? <p>{requestMessages[refusal.code]}</p> : null}
        </ErrorSummary>
      ) : null}
      <input type="hidden" {...form.register("order")} defaultValue={orderNumber} />
      <RequestCourses items={open} currency={currency} register={form.register} error={at("items")} />
      <RequestCategories
        legend={promised ? "Why? You need not say" : "What is it about?"}
        chosen={given}
        register={() => form.register("category")}
      />
      <TextAreaField
        label="Anything we should know? (optional)"
        help="What you expected, or what went wrong and in which lesson."
        rows={5}
        maxLength={2_000}
        error={at("body")}
        {...form.register("body")}
      />
      <RequestEffects
        promised={promised}
        judged={chosen.length > 0 ? judgeRequest(requestable, chosen, category) : null}
        method={method}
      />
      <div className="flex flex-col-reverse gap-2 md:flex-row">
        <ButtonLink href={`/account/orders/${orderNumber}` as Route}>Keep the order as it is</ButtonLink>
        <Button type="submit" variant="primary" busy={pending} busyLabel="Asking">
          Ask for the refund
        </Button>
      </div>
    </Form>
  );
}

/** What the browser found wrong, and otherwise the server; a missing course only until one is chosen. */
function listProblems(
  errors: FieldErrors<AskedFields>,
  refusal: Rejection<RequestRejection> | null,
  hasCourse: boolean,
) {
  return ["items", "body"].flatMap((field) => {
    const found = errors[field]?.message;
    const message = typeof found === "string" ? found : refusal?.fields?.[field];
    return message && !(field === "items" && hasCourse) ? [{ field, message }] : [];
  });
}
