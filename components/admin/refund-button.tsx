"use client";

import { Undo2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { formatMoney } from "@/lib/money";
import { RefundForm, type RefundSubject } from "./refund-form";

/** Opens the dialog that gives money back. */
export function RefundButton({ subject }: { readonly subject: RefundSubject }) {
  // A new key for each opening: its refund has an id of its own, made when the form appears.
  const [opened, setOpened] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const { order, orderNumber, buyerName } = subject;
  const paid = formatMoney(order.totalAmount, order.currency);
  const held =
    order.heldAmount === 0
      ? "nothing refunded yet"
      : `${formatMoney(order.heldAmount, order.currency)} given back or on its way`;
  const close = () => setOpen(false);
  return (
    <>
      <Button
        data-needs-script
        onClick={() => {
          setOpened(opened + 1);
          setOpen(true);
        }}
      >
        <Undo2 />
        Refund
      </Button>
      <Dialog
        open={isOpen}
        onClose={close}
        title="Refund this order"
        subtitle={
          <>
            <span className="tabular-nums">{orderNumber}</span> · {buyerName}
            <br />
            {paid} paid, {held}
          </>
        }
      >
        <RefundForm key={opened} subject={subject} onClose={close} />
      </Dialog>
    </>
  );
}
