"use client";

import { FileX } from "lucide-react";
import { Effect, Effects } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import type { CommonRejection } from "@/lib/action";
import { withdrawCertificateAction } from "@/lib/seats/actions";
import type { WithdrawRejection } from "@/lib/seats/schema";
import { commonTexts } from "./common-texts";
import { DialogForm, DialogOpener } from "./dialog-form";

const texts = {
  ...commonTexts,
  unknown_seat: "This seat is not there any more.",
  no_certificate: "There is no valid certificate any more. Somebody else may have withdrawn it.",
} satisfies Record<WithdrawRejection | CommonRejection, string>;

type WithdrawProps = { readonly seat: string; readonly learner: string; readonly course: string };

/** Opens the dialog that withdraws a certificate. */
export function WithdrawCertificate({ seat, learner, course }: WithdrawProps) {
  return (
    <DialogOpener
      label="Withdraw certificate"
      icon={<FileX />}
      title="Withdraw this certificate"
      subtitle={`${learner}, ${course}`}
    >
      {(close) => <WithdrawForm seat={seat} onClose={close} />}
    </DialogOpener>
  );
}

function WithdrawForm({ seat, onClose }: { readonly seat: string; readonly onClose: () => void }) {
  return (
    <DialogForm
      action={withdrawCertificateAction}
      fields={{ seat }}
      texts={texts}
      failed="The certificate was not withdrawn"
      done="The certificate is withdrawn."
      keep="Keep it"
      act="Withdraw it"
      danger
      onClose={onClose}
    >
      {(refusal) => (
        <>
          <TextField
            label="Reason"
            name="reason"
            autoComplete="off"
            maxLength={500}
            help="For the audit log; neither the learner nor the certificate's page shows it."
            error={refusal?.fields?.reason}
          />
          <Effects>
            <Effect icon={<FileX />}>
              Its public page says that it is not valid any more, and its PDF and Open Badge are gone. This
              cannot be undone.
            </Effect>
            <Effect icon={<FileX />}>The seat and the progress stay as they are.</Effect>
          </Effects>
        </>
      )}
    </DialogForm>
  );
}
