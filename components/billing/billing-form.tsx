"use client";

import type { ComponentProps } from "react";
import { commonMessages } from "@/components/identity/rejections";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SelectField, TextField } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { useFormAction } from "@/components/ui/use-form-action";
import { saveBillingDetailsAction } from "@/lib/documents/actions";
import type { Country } from "@/lib/documents/countries";
import type { BillingDetails } from "@/lib/documents/schema";

type Props = { readonly details: BillingDetails | null; readonly countries: readonly Country[] };

/** Whom the next invoices are billed to. Posts without scripts too; a refusal keeps what was typed. */
export function BillingForm({ details, countries }: Props) {
  const { state, attempt, form } = useFormAction(saveBillingDetailsAction);
  const refusal = state && !state.ok ? state.error : null;
  const value = (name: keyof BillingDetails) => refusal?.values?.[name] ?? details?.[name] ?? "";
  const field = (name: keyof BillingDetails) => ({
    name,
    defaultValue: value(name),
    ...(refusal?.fields?.[name] ? { error: refusal.fields[name] } : {}),
  });
  const text = (name: keyof BillingDetails, rest: Omit<ComponentProps<typeof TextField>, "name">) => (
    <TextField maxLength={120} {...rest} {...field(name)} />
  );
  const problems = Object.entries(refusal?.fields ?? {}).map(([name, message]) => ({ field: name, message }));
  return (
    <Form {...form} className="grid gap-5 sm:grid-cols-2" noValidate>
      <div className="empty:hidden sm:col-span-2">
        {state?.ok ? <Notice tone="success" title="Saved. Your next invoices are billed to this." /> : null}
        {refusal ? (
          <ErrorSummary key={attempt} title={commonMessages[refusal.code].text} problems={problems} />
        ) : null}
      </div>
      {text("name", { label: "Name", autoComplete: "name", required: true })}
      {text("company", { label: "Company (optional)", autoComplete: "organization" })}
      {text("line1", { label: "Street and number", autoComplete: "address-line1", required: true })}
      {text("line2", { label: "Address, second line (optional)", autoComplete: "address-line2" })}
      {text("postalCode", { label: "Postal code", autoComplete: "postal-code", maxLength: 20 })}
      {text("city", { label: "Town", autoComplete: "address-level2", required: true })}
      {text("state", { label: "State or region (optional)", autoComplete: "address-level1", maxLength: 60 })}
      <SelectField label="Country" autoComplete="country" {...field("country")}>
        <option value="">Choose a country</option>
        {countries.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </SelectField>
      {text("vatId", {
        label: "VAT id (optional)",
        help: "For businesses, such as DE123456789. We check how it is written, not whose it is.",
        autoComplete: "off",
        maxLength: 40,
      })}
      <div className="sm:col-span-2">
        <SubmitButton variant="primary" busyLabel="Saving">
          Save billing details
        </SubmitButton>
      </div>
    </Form>
  );
}
