import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { Role } from "@/lib/people/roles";
import type { PersonState } from "@/lib/people/schema";

export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  learner: "Learner",
  support: "Support",
  admin: "Admin",
};

export const PERSON_STATE_NAMES: Readonly<Record<PersonState, string>> = {
  active: "Active",
  unverified: "Address not confirmed",
  blocked: "Blocked",
  leaving: "To be erased",
  erased: "Erased",
};

const tones: Readonly<Record<PersonState, BadgeTone>> = {
  active: "success",
  unverified: "warning",
  blocked: "danger",
  leaving: "warning",
  erased: "neutral",
};

export function PersonStateBadge({ state }: { readonly state: PersonState }) {
  return <Badge tone={tones[state]}>{PERSON_STATE_NAMES[state]}</Badge>;
}

export function RoleBadge({ role }: { readonly role: Role }) {
  return <Badge tone={role === "learner" ? "neutral" : "accent"}>{ROLE_NAMES[role]}</Badge>;
}
