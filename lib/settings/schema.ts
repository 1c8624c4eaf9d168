import { z } from "zod";
import { secondStepInput } from "@/lib/identity/schema";

/** The password, asked for again before the account itself changes. */
export const ownPassword = z.string().min(1, "Enter your password.").max(512, "The password is too long.");

export const confirmedInput = z.object({ password: ownPassword });
export const confirmTwoStepInput = secondStepInput;

export type ConfirmRejection = "wrong_password" | "throttled";
export type TwoStepRejection = "wrong_code" | "throttled";
