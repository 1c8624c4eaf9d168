import { refundPayloads, staffPayloads } from "../refund-mails";
import {
  RefundDeclinedLetter,
  RefundFailedLetter,
  RefundRefusedLetter,
  RefundRequestedLetter,
  refundDeclinedSubject,
  refundFailedSubject,
  refundRefusedSubject,
  refundRequestedSubject,
} from "./refund-letters";
import {
  DisputeNoticeLetter,
  disputeNoticeSubject,
  RefundRequestOpenedLetter,
  refundRequestOpenedSubject,
  SenderTestLetter,
  senderTestSubject,
} from "./staff-letters";
import { writer } from "./writer";

export const refundWriters = {
  refund_requested: writer(refundPayloads.refund_requested, (request, shop) => ({
    subject: refundRequestedSubject(request),
    letter: <RefundRequestedLetter request={request} shop={shop} />,
  })),
  refund_declined: writer(refundPayloads.refund_declined, (decision, shop) => ({
    subject: refundDeclinedSubject(decision),
    letter: <RefundDeclinedLetter decision={decision} shop={shop} />,
  })),
  refund_failed: writer(refundPayloads.refund_failed, (refund, shop) => ({
    subject: refundFailedSubject(refund),
    letter: <RefundFailedLetter refund={refund} shop={shop} />,
  })),
  refund_refused: writer(refundPayloads.refund_refused, (refund, shop) => ({
    subject: refundRefusedSubject(refund),
    letter: <RefundRefusedLetter refund={refund} shop={shop} />,
  })),
} as const;

export const staffWriters = {
  refund_request_opened: writer(staffPayloads.refund_request_opened, (request, shop) => ({
    subject: refundRequestOpenedSubject(request),
    letter: <RefundRequestOpenedLetter request={request} shop={shop} />,
  })),
  dispute_notice: writer(staffPayloads.dispute_notice, (dispute, shop) => ({
    subject: disputeNoticeSubject(dispute),
    letter: <DisputeNoticeLetter dispute={dispute} shop={shop} />,
  })),
  sender_test: writer(staffPayloads.sender_test, (test, shop) => ({
    subject: senderTestSubject(shop),
    letter: <SenderTestLetter test={test} shop={shop} />,
  })),
} as const;
