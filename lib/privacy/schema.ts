import { z } from "zod";

export const exportIdInput = z.uuid();
export const deleteAccountInput = z.object({
  password: z.string().min(1, "Enter your password.").max(512, "The password is too long."),
  understood: z.literal("on", "Tick this to go on."),
});
export const confirmedInput = deleteAccountInput.pick({ password: true });
export const undoInput = z.object({});

export type DeletionRejection = "wrong_password" | "throttled" | "last_admin";
export type ExportRejection = "wrong_password" | "throttled";
