import type { DemoAccount } from "../db/seed/demo";
import type { Secrets } from "./data-folder";

/** One admin and two learners; their passwords are this installation's own. The addresses reach nobody (RFC 2606). */
export function demoAccounts({ demoPasswords }: Secrets): readonly DemoAccount[] {
  return [
    { role: "admin", email: "admin@lectern.example", name: "Ada Quill", password: demoPasswords.admin },
    { role: "learner", email: "mira@lectern.example", name: "Mira Vale", password: demoPasswords.first },
    { role: "learner", email: "tomas@lectern.example", name: "Tomas Reed", password: demoPasswords.second },
  ];
}
