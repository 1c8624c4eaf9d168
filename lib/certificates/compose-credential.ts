import type { Unsigned } from "./data-integrity";

/** What a certificate states. Instants are the database's. */
export type CertificateFacts = {
  readonly publicId: string;
  readonly holderName: string;
  readonly course: {
    readonly slug: string;
    readonly title: string;
    readonly summary: string;
    readonly version: number;
  };
  readonly lessons: number;
  readonly exercises: number;
  readonly completedAt: Date;
  readonly issuedAt: Date;
  /** The rule by which it was earned, in words. */
  readonly rule: string;
};

export type Issuer = { readonly name: string; readonly url: string };

/** Where the shop's public keys are found. */
export const issuerAddress = (shopUrl: string) => `${shopUrl}/certificates/issuer`;

/** An Open Badges 3.0 credential, unsigned. Source: 1EdTech, Open Badges Specification 3.0, section B.1. */
export function composeCredential(facts: CertificateFacts, issuer: Issuer) {
  const { course } = facts;
  const address = `${issuer.url}/certificates/${facts.publicId}`;
  return {
    "@context": [
      "https://www.w3.org/ns/credentials/v2",
      "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ],
    id: address,
    type: ["VerifiableCredential", "OpenBadgeCredential"],
    name: course.title,
    issuer: { id: issuerAddress(issuer.url), type: ["Profile"], name: issuer.name, url: issuer.url },
    validFrom: toSecond(facts.issuedAt),
    credentialSubject: {
      type: ["AchievementSubject"],
      identifier: [
        { type: "IdentityObject", identityType: "name", hashed: false, identityHash: facts.holderName },
      ],
      activityEndDate: toSecond(facts.completedAt),
      achievement: {
        id: `${issuer.url}/courses/${course.slug}`,
        type: ["Achievement"],
        achievementType: "CertificateOfCompletion",
        name: course.title,
        description: course.summary,
        version: String(course.version),
        criteria: { narrative: narrate(facts) },
      },
    },
    credentialStatus: { id: `${address}/status`, type: "1EdTechRevocationList" },
  } satisfies Unsigned;
}

function narrate({ lessons, exercises, rule }: CertificateFacts): string {
  return `${count(lessons, "lesson")}, ${count(exercises, "exercise")}. ${rule}`;
}

function count(amount: number, thing: string): string {
  return `${amount} ${thing}${amount === 1 ? "" : "s"}`;
}

/** `2026-11-26T16:20:00Z` */
export function toSecond(at: Date): string {
  return at.toISOString().replace(/\.\d{3}Z$/, "Z");
}
