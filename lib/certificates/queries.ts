import "server-only";
import { eq, type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { certificates } from "@/db/schema/certificates";
import { enrollments, moneyWentBack } from "@/db/schema/learning";
import { env } from "@/lib/env";
import { issuerAddress } from "./compose-credential";
import { isGenuine } from "./data-integrity";
import { certificateId, credentialSchema, type Revocation, type SignedCredential } from "./schema";
import { readMultikey, readSigningKey } from "./signing-key";

/** A certificate as its public page shows it: every field is read from what was signed. */
export type Certificate = {
  readonly publicId: string;
  readonly holderName: string;
  readonly courseTitle: string;
  readonly courseSummary: string;
  readonly courseAddress: string;
  readonly courseVersion: string;
  readonly issuerName: string;
  readonly completedAt: Date;
  readonly issuedAt: Date;
  /** What was done, and by which rule it was counted. */
  readonly criteria: string;
  readonly address: string;
  readonly keyName: string;
  /** The signature is one of this shop's keys and fits every letter. */
  readonly isGenuine: boolean;
  /** Null while it is valid. */
  readonly revoked: { readonly reason: Revocation; readonly at: Date } | null;
  readonly credential: SignedCredential;
};

/** Null when `text` names none. */
export async function findCertificate(text: string): Promise<Certificate | null> {
  const id = certificateId.safeParse(text);
  if (!id.success) return null;
  const [row] = await db()
    .select({
      credential: certificates.credential,
      revokedAt: certificates.revokedAt,
      isRefunded: sql<boolean>`${moneyWentBack}`,
      refundedAt: enrollments.updatedAt,
    })
    .from(certificates)
    .innerJoin(enrollments, eq(enrollments.id, certificates.enrollmentId))
    .where(eq(certificates.publicId, id.data));
  if (!row) return null;
  const credential = credentialSchema.parse(row.credential);
  return {
    ...describe(id.data, credential),
    isGenuine: isOurs(credential),
    revoked: row.revokedAt
      ? { reason: "withdrawn", at: row.revokedAt }
      : row.isRefunded
        ? { reason: "refunded", at: row.refundedAt }
        : null,
  };
}

/** Whether a certificate holds now, in SQL over `certificates` joined with their `enrollments`. */
export const isValidCertificate: SQL = sql`(${certificates.revokedAt} is null and not ${moneyWentBack})`;

function describe(publicId: string, credential: SignedCredential) {
  const { credentialSubject: subject, issuer, proof } = credential;
  return {
    publicId,
    holderName: subject.identifier[0]?.identityHash ?? "",
    courseTitle: subject.achievement.name,
    courseSummary: subject.achievement.description,
    courseAddress: String(subject.achievement.id ?? ""),
    courseVersion: subject.achievement.version,
    issuerName: issuer.name,
    completedAt: new Date(subject.activityEndDate),
    issuedAt: new Date(credential.validFrom),
    criteria: subject.achievement.criteria.narrative,
    address: credential.id,
    keyName: proof.verificationMethod.split("#")[1] ?? "",
    credential,
  };
}

/** The named key must be one of ours: anybody can sign with a key of their own. */
function isOurs(credential: SignedCredential): boolean {
  const named = credential.proof.verificationMethod.split("#")[1] ?? "";
  if (!listIssuerKeys().includes(named)) return false;
  const publicKey = readMultikey(named);
  return publicKey !== null && isGenuine(credential, publicKey);
}

/** The public halves of the keys that sign and signed here, the current one first. */
function listIssuerKeys(): string[] {
  return env().CERTIFICATE_KEY.map((secret) => readSigningKey(secret).multikey);
}

/** The issuer's profile with its keys, as verifiers fetch it. Source: W3C, Controlled Identifiers 1.0. */
export function getIssuerProfile() {
  const { APP_URL, STORE_NAME } = env();
  const id = issuerAddress(APP_URL);
  return {
    "@context": [
      "https://www.w3.org/ns/cid/v1",
      "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ],
    id,
    type: "Profile",
    name: STORE_NAME,
    url: APP_URL,
    assertionMethod: listIssuerKeys().map((multikey) => ({
      id: `${id}#${multikey}`,
      type: "Multikey",
      controller: id,
      publicKeyMultibase: multikey,
    })),
  };
}
