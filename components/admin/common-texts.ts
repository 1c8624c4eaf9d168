import { commonMessages } from "@/components/identity/rejections";
import type { CommonRejection } from "@/lib/action";

/** What every form of the admin pages says after a refusal that is not its own. */
export const commonTexts = {
  foreign_origin: commonMessages.foreign_origin.text,
  signed_out: commonMessages.signed_out.text,
  forbidden: commonMessages.forbidden.text,
  invalid_input: commonMessages.invalid_input.text,
} satisfies Record<CommonRejection, string>;
