import { commonMessages, type Message } from "@/components/identity/rejections";
import type { CommonRejection } from "@/lib/action";
import type { ConfirmRejection, TwoStepRejection } from "@/lib/settings/schema";

export const confirmMessages = {
  ...commonMessages,
  wrong_password: { field: "password", text: "This is not your password." },
  throttled: { text: "Too many wrong passwords in a row. Wait ten minutes, then try again." },
} satisfies Record<ConfirmRejection | CommonRejection, Message>;

export const twoStepMessages = {
  ...commonMessages,
  wrong_code: {
    field: "code",
    text: "This code is not right. Wait for the next one, and see that the clock of your phone is.",
  },
  throttled: { text: "Too many wrong codes in a row. Wait ten minutes, then try again." },
} satisfies Record<TwoStepRejection | CommonRejection, Message>;
