import {
  commonMessages,
  type Message,
  secondStepMessages,
  weakPasswordMessages,
} from "@/components/identity/rejections";
import type { CommonRejection } from "@/lib/action";
import type { DeletionRejection } from "@/lib/privacy/schema";
import type {
  ChangeEmailRejection,
  ChangePasswordRejection,
  ConfirmRejection,
  LinkRejection,
  TwoStepRejection,
} from "@/lib/settings/schema";

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
  throttled: secondStepMessages.throttled,
} satisfies Record<TwoStepRejection | CommonRejection, Message>;

export const changeEmailMessages = {
  ...confirmMessages,
  same_address: { field: "email", text: "This is the address that you have." },
  too_many_links: { text: "Too many links were asked for. Use the newest one you got, or wait an hour." },
} satisfies Record<ChangeEmailRejection | CommonRejection, Message>;

export const changePasswordMessages = {
  ...confirmMessages,
  wrong_password: { field: "currentPassword", text: confirmMessages.wrong_password.text },
  password_common: { ...weakPasswordMessages.password_common, field: "newPassword" },
  password_personal: { ...weakPasswordMessages.password_personal, field: "newPassword" },
} satisfies Record<ChangePasswordRejection | CommonRejection, Message>;

export const profileMessages = commonMessages;

export const deletionMessages = {
  ...confirmMessages,
  last_admin: { text: "You are the last admin: make another one first." },
} satisfies Record<DeletionRejection | CommonRejection, Message>;

export const linkProviderMessages = {
  ...confirmMessages,
  not_configured: { text: "This shop does not offer that sign-in." },
  address_not_proved: { text: "Confirm your e-mail address first." },
} satisfies Record<LinkRejection | CommonRejection, Message>;
