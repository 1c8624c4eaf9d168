import { z } from "zod";

/** As it stands in addresses and on paper; read in any case, with or without hyphens. */
export const certificateId = z
  .string()
  .max(60)
  .transform((text) => text.replaceAll("-", "").toUpperCase())
  .pipe(z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/));

const list = z.array(z.string()).readonly();

/** The Open Badges 3.0 credential that we issue, with its proof. */
export const credentialSchema = z.looseObject({
  "@context": list,
  id: z.string(),
  name: z.string(),
  issuer: z.looseObject({ id: z.string(), name: z.string(), url: z.string() }),
  validFrom: z.string(),
  credentialSubject: z.looseObject({
    identifier: z.array(z.looseObject({ identityHash: z.string() })).length(1),
    activityEndDate: z.string(),
    achievement: z.looseObject({
      name: z.string(),
      description: z.string(),
      version: z.string(),
      criteria: z.looseObject({ narrative: z.string() }),
    }),
  }),
  proof: z.object({
    "@context": list,
    type: z.literal("DataIntegrityProof"),
    cryptosuite: z.literal("eddsa-jcs-2022"),
    created: z.string(),
    verificationMethod: z.string(),
    proofPurpose: z.literal("assertionMethod"),
    proofValue: z.string(),
  }),
});
export type SignedCredential = z.output<typeof credentialSchema>;

/** Why a certificate is not valid any more. */
export const REVOCATIONS = {
  refunded: "The course was refunded.",
  withdrawn: "The shop withdrew it.",
} as const;
export type Revocation = keyof typeof REVOCATIONS;
