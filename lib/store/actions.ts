"use server";

import { refresh } from "next/cache";
import { adminAction } from "@/lib/action";
import { throttle } from "@/lib/identity/throttle";
import { err, ok, type Result } from "@/lib/result";
import { sendTestMail } from "./mutations";
import { type TestMailRejection, testMailInput } from "./schema";

export const sendTestMailAction = adminAction(
  "settings.test_mail",
  testMailInput,
  async (staff, input): Promise<Result<undefined, TestMailRejection>> => {
    if (!(await throttle("testMail", staff.userId)).ok) return err("throttled");
    await sendTestMail(staff.userId, input);
    refresh();
    return ok();
  },
);
