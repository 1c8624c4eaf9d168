export const ROLES = ["learner", "support", "admin"] as const;
export type Role = (typeof ROLES)[number];
