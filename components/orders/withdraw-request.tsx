"use client";

import { Form } from "@/components/ui/form";
import { LinkButton } from "@/components/ui/link-button";
import { useFormAction } from "@/components/ui/use-form-action";
import { withdrawRequestAction } from "@/lib/refund-requests/actions";
import { withdrawMessages } from "./request-messages";

/** Takes a request back. */
export function WithdrawRequest({ request }: { readonly request: string }) {
  const { state, form } = useFormAction(withdrawRequestAction);
  return (
    <Form {...form}>
      <input type="hidden" name="request" value={request} />
      <LinkButton type="submit">Take the request back</LinkButton>
      {state && !state.ok ? (
        <p role="alert" className="text-xs font-medium text-danger">
          {withdrawMessages[state.error.code]}
        </p>
      ) : null}
    </Form>
  );
}
