"use client";

import { commonMessages } from "@/components/identity/rejections";
import { Button } from "@/components/ui/button";
import { SelectField } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { useKeptForm } from "@/components/ui/use-kept-form";
import type { CommonRejection } from "@/lib/action";
import { correctInvoiceAction } from "@/lib/documents/actions";
import type { CorrectionRejection } from "@/lib/documents/schema";

const messages = {
  unknown_order: "Choose one of your invoiced orders.",
  no_details: "Save your billing details first.",
  nothing_to_correct: "That invoice says this already, or all of it was given back.",
  foreign_origin: commonMessages.foreign_origin.text,
  signed_out: commonMessages.signed_out.text,
  forbidden: commonMessages.forbidden.text,
  invalid_input: "Choose one of your invoiced orders.",
} satisfies Record<CorrectionRejection | CommonRejection, string>;

/** Bills an invoiced order to the saved details: a company's name or VAT id that was not known when it was paid. */
export function CorrectInvoiceForm({ orders }: { readonly orders: readonly string[] }) {
  const { state, pending, form } = useKeptForm(correctInvoiceAction);
  return (
    <Form {...form} className="grid max-w-[42rem] gap-4">
      <div role="status" className="empty:hidden">
        {state ? (
          <Notice
            tone={state.ok ? "success" : "danger"}
            title={
              state.ok
                ? "Done: the new invoice and the credit note are listed above."
                : messages[state.error.code]
            }
          />
        ) : null}
      </div>
      <SelectField name="order" label="Order" required>
        {orders.map((order) => (
          <option key={order} value={order}>
            {order}
          </option>
        ))}
      </SelectField>
      <div>
        <Button type="submit" busy={pending} busyLabel="Issuing the new invoice">
          Replace its invoice
        </Button>
      </div>
    </Form>
  );
}
