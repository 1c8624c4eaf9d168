"use client";

import { CreditCard, FileText, Lock, TicketPercent } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Chip, ChipButton } from "@/components/ui/chip";
import { Dialog, Effect, Effects } from "@/components/ui/dialog";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SelectField, TextField } from "@/components/ui/field";
import { PasswordField } from "@/components/ui/password-field";
import { showToast } from "@/components/ui/toast";

/** A dialog about money, as the admin's refund uses it. */
export function DialogDemo() {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Refund a course…</Button>
      <Dialog
        open={open}
        onClose={close}
        title="Refund part of this order"
        subtitle="$167.20 paid, nothing refunded yet"
        footer={
          <>
            <Button onClick={close}>Keep the order as it is</Button>
            <Button variant="danger" onClick={close}>
              Refund $59.00
            </Button>
          </>
        }
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            name="amount"
            label="Amount in USD"
            inputMode="decimal"
            defaultValue="59.00"
            help="At most $59.00 for this choice"
          />
          <SelectField name="reason" label="Reason">
            <option>Within fourteen days</option>
            <option>Bought twice</option>
          </SelectField>
        </div>
        <div className="mt-5">
          <Effects>
            <Effect icon={<CreditCard />}>
              <strong>$59.00</strong> goes back to the card, in 5 to 10 working days
            </Effect>
            <Effect icon={<Lock />}>Access ends at once, progress is kept</Effect>
            <Effect icon={<FileText />}>A credit note is issued and sent</Effect>
          </Effects>
        </div>
      </Dialog>
    </>
  );
}

export function ToastDemo() {
  return (
    <div className="flex flex-wrap gap-3">
      <Button
        onClick={() =>
          showToast({
            message: "Testing Python removed",
            action: {
              label: "Undo",
              run: () => showToast({ message: "Testing Python is back in your cart" }),
            },
          })
        }
      >
        Toast with an action
      </Button>
      <Button onClick={() => showToast({ message: "The browser did not allow copying", tone: "warning" })}>
        Toast with a warning
      </Button>
    </div>
  );
}

/** A form after a failed attempt: summary with the focus, error beside the field. */
export function FailedFormDemo() {
  const [attempt, setAttempt] = useState(0);
  return (
    <div className="grid max-w-form gap-5">
      {attempt > 0 ? (
        <ErrorSummary
          key={attempt}
          title="We could not sign you in"
          problems={[{ field: "demo-password", message: "Check the password" }]}
        />
      ) : null}
      <PasswordField
        id="demo-password"
        name="demo-password"
        label="Password"
        autoComplete="current-password"
        defaultValue="a long one"
        error={attempt > 0 ? "Check capital letters." : undefined}
        help="At least ten characters"
      />
      <Button variant="primary" onClick={() => setAttempt(attempt + 1)}>
        Fail to sign in
      </Button>
    </div>
  );
}

export function ChipDemo() {
  const [shown, setShown] = useState(true);
  return (
    <div className="flex flex-wrap gap-3">
      {shown ? (
        <Chip
          kind="coupon"
          icon={<TicketPercent />}
          action={<ChipButton label="Remove NOVEMBER20" onClick={() => setShown(false)} />}
        >
          NOVEMBER20
        </Chip>
      ) : null}
      <Chip action={<ChipButton label="Remove the filter Python" onClick={() => setShown(true)} />}>
        Python
      </Chip>
      <Chip>Beginner</Chip>
    </div>
  );
}
